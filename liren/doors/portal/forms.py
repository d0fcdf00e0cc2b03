"""Forms of the portal, and of the staff behind it. Shape only; the rules stand in the actions."""

import datetime
import re
from typing import Any, cast

from django import forms
from django.utils import timezone

from liren.core.areas.models import Area
from liren.core.matters.models import Handoff
from liren.core.people.dates import read_date
from liren.core.people.naming import tidy_name
from liren.core.people.phones import read_phones
from liren.core.places.models import Building

from .announcements import Announcement
from .submissions import WHEN

MOBILE = re.compile(r"1\d{10}")


def _input(**attributes: Any) -> forms.TextInput:
    return forms.TextInput(attributes)


class PhoneForm(forms.Form):
    """The phone to which a code goes."""

    phone = forms.CharField(
        label="手机号",
        max_length=30,
        widget=_input(inputmode="tel", autocomplete="tel", data_private=True),
        error_messages={"required": "请填手机号，11 位"},
    )
    agreed = forms.BooleanField(
        label="我看过并同意《个人信息怎么用》",
        error_messages={"required": "看过《个人信息怎么用》，同意了再打勾"},
    )

    def clean_phone(self) -> str:
        """Eleven figures, however they were typed."""
        numbers = read_phones(self.cleaned_data["phone"]).numbers
        if len(numbers) != 1 or not MOBILE.fullmatch(numbers[0]):
            raise forms.ValidationError("手机号是 11 位，再看看有没有少一位")
        return numbers[0]


class FiguresForm(forms.Form):
    """The six figures of the message."""

    figures = forms.CharField(
        label="短信里的 6 位数字",
        max_length=12,
        widget=_input(inputmode="numeric", autocomplete="one-time-code", pattern="[0-9 ]*"),
        error_messages={"required": "请填短信里的 6 位数字"},
    )

    def clean_figures(self) -> str:
        """Six figures, spaces forgiven."""
        figures = re.sub(r"\D", "", self.cleaned_data["figures"])
        if len(figures) != 6:
            raise forms.ValidationError("验证码是 6 位数字")
        return figures


class CalledForm(forms.Form):
    """How a resident wants to be called."""

    called = forms.CharField(
        label="怎么称呼您", max_length=20, required=False, help_text="比如：孙师傅、李阿姨。可以不填"
    )


class MatchForm(forms.Form):
    """Name, number and birth date, all three as on the paper."""

    name = forms.CharField(label="姓名", max_length=60, widget=_input(autocomplete="name", data_private=True))
    number = forms.CharField(
        label="身份证号",
        max_length=24,
        widget=_input(autocomplete="off", autocapitalize="characters", data_private=True),
        help_text="只用来核对一次，不保存",
    )
    born = forms.CharField(
        label="出生日期",
        max_length=20,
        widget=_input(inputmode="numeric", autocomplete="off", data_private=True),
        help_text="比如 19440312",
    )

    def clean_born(self) -> datetime.date:
        """A whole day."""
        text = re.sub(r"[\s年月.\-/]+", "-", self.cleaned_data["born"].strip()).strip("-日")
        if re.fullmatch(r"\d{8}", text):
            text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
        exact = read_date(text, as_of=timezone.localdate()).exact
        if exact is None:
            raise forms.ValidationError("年、月、日都要，比如 19440312")
        return exact


class AskStaffForm(forms.Form):
    """What the staff need in order to find out who somebody is."""

    name = forms.CharField(label="姓名", max_length=60, widget=_input(autocomplete="name", data_private=True))
    place = forms.CharField(label="住在哪里", max_length=80, help_text="比如：3 号楼 501，租住")
    note = forms.CharField(
        label="还想说的",
        max_length=200,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text="方便什么时候联系您、有谁认得您",
    )

    def clean_name(self) -> str:
        """A name without spaces and remarks."""
        name = tidy_name(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError("请写姓名")
        return name


class MoreForm(forms.Form):
    """The second step: what happened and where."""

    words = forms.CharField(
        label="怎么回事？",
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text="什么时候开始的、找过谁，说了更快",
    )
    at_home = forms.BooleanField(label="就在我家（社区登记的住处）", required=False)
    building = forms.ModelChoiceField(
        Building.objects.none(), label="在哪栋楼", required=False, empty_label="不在楼里，或说不清"
    )
    place = forms.CharField(
        label="在哪里", max_length=80, required=False, help_text="门牌、楼道、路口，说得清就行"
    )

    def __init__(self, community: Area, bound: bool, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Names of buildings are on their walls; which rooms there are, and whose, is not said.
        buildings = cast(forms.ModelChoiceField, self.fields["building"])
        buildings.queryset = Building.objects.filter(community=community).order_by("sort")
        if not bound:
            del self.fields["at_home"]

    def facts(self) -> dict[str, Any]:
        """What is to be kept, whether or not the box for one's own home was there."""
        return {"at_home": False} | self.cleaned_data


class ReachForm(forms.Form):
    """The third step: how to call and when to come."""

    called = forms.CharField(
        label="您怎么称呼", max_length=20, required=False, widget=_input(autocomplete="name")
    )
    when = forms.ChoiceField(label="什么时候方便", choices=WHEN, widget=forms.RadioSelect)
    keeps_name = forms.BooleanField(label="不让邻居知道是我说的", required=False)


class WordsForm(forms.Form):
    """More words."""

    words = forms.CharField(
        label="补充说明", max_length=1000, required=False, widget=forms.Textarea({"rows": 3})
    )


class RatingForm(forms.Form):
    """What one thinks of it."""

    solved = forms.ChoiceField(
        label="问题解决了吗",
        choices=(("yes", "解决了"), ("partly", "解决了一部分"), ("no", "没解决")),
        widget=forms.RadioSelect,
        error_messages={"required": "请选一项"},
    )
    stars = forms.TypedChoiceField(
        label="办得怎么样",
        coerce=int,
        choices=((5, "5 星 很好"), (4, "4 星 好"), (3, "3 星 一般"), (2, "2 星 不太好"), (1, "1 星 不好")),
        widget=forms.RadioSelect,
        error_messages={"required": "请选几颗星"},
    )
    words = forms.CharField(
        label="还想说的", max_length=500, required=False, widget=forms.Textarea({"rows": 2})
    )


class AgainForm(forms.Form):
    """What was not done."""

    words = forms.CharField(
        label="哪里没办好",
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "请说说哪里没办好"},
    )


class DropForm(forms.Form):
    """Why it is not needed any more."""

    words = forms.CharField(label="为什么不用办了", max_length=200, help_text="比如：已经修好了")


class ClaimForm(forms.Form):
    """The code by which a report without a name is followed."""

    claim = forms.CharField(
        label="查询码",
        max_length=20,
        widget=_input(autocomplete="off", autocapitalize="characters"),
        help_text="提交时给您的 12 位，不分大小写",
    )


class SlipForm(forms.Form):
    """The answer on a slip."""

    result = forms.ChoiceField(
        label="办得怎么样",
        choices=Handoff.RESULTS,
        widget=forms.RadioSelect,
        error_messages={"required": "请选一项"},
    )
    words = forms.CharField(
        label="说两句", max_length=1000, required=False, widget=forms.Textarea({"rows": 3})
    )


class AnnouncementForm(forms.ModelForm):
    """An announcement as a colleague writes it."""

    class Meta:
        model = Announcement
        fields = ("title", "text", "from_on", "to_on", "urgent")
        widgets = {
            "text": forms.Textarea({"rows": 5}),
            "from_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            "to_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        }
        labels = {"urgent": "要紧：排在首页最上面"}
        help_texts = {
            "title": "一句话，40 字以内",
            "text": "人人都看得到，不写哪家哪户、不写姓名电话",
            "to_on": "不填就一直在",
        }


class ReasonForm(forms.Form):
    """Why a request is refused; the resident reads it."""

    reason = forms.CharField(
        label="理由", max_length=120, help_text="居民看得到，比如：名册里还没有您，请带身份证来登记"
    )
