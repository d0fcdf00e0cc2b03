"""Gallery (组件一览): every component in every state; in development only."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from liren.core.documents.models import Document
from liren.core.pages import show
from liren.core.pages.paging import Page

PARTS = (
    ("color", "色"), ("seal", "印"), ("btn", "按钮"), ("field", "表单"), ("badge", "状态与标签"), ("table", "表"),
    ("queue", "队列"), ("card", "卡与提示"), ("tabs", "页签与步骤"), ("time", "经过"), ("progress", "进度"),
    ("empty", "空 · 等 · 错"), ("dialog", "对话框与菜单"), ("palette", "快速查找"), ("building", "楼栋图"),
    ("chart", "图"), ("drop", "文件"), ("attach", "附件"), ("pager", "翻页与筛选"),
)  # fmt: skip
COLOURS = (
    "纸 paper", "面 sheet", "沉 sunken", "细线 line", "框线 edge", "墨 ink", "次墨 ink-2", "淡墨 ink-3", "青瓷 celadon",
    "朱砂 cinnabar", "琥珀 amber", "靛青 indigo", "竹青 moss", "政策服务 d-zheng", "民生保障 d-min", "治理调解 d-zhi",
    "文化活动 d-wen", "数据管理 d-shu", "应急处置 d-ji", "资源协同 d-lian",
)  # fmt: skip
# Never stored: the links of number 0 open nothing.
ATTACHED = (
    Document(
        pk=0,
        name="楼道 3 层.jpg",
        size=412_000,
        family="photo",
        mime="image/jpeg",
        suffix=".jpg",
        width=4,
        height=3,
    ),
    Document(
        pk=0,
        name="堆物近照.jpg",
        size=380_000,
        family="photo",
        mime="image/jpeg",
        suffix=".jpg",
        width=3,
        height=4,
    ),
    Document(
        pk=0,
        name="电话录音.m4a",
        size=1_912_000,
        family="sound",
        mime="audio/mp4",
        suffix=".m4a",
        seconds=185,
    ),
    Document(
        pk=0, name="值班电话.amr", size=91_000, family="sound", mime="audio/amr", suffix=".amr", seconds=42
    ),
    Document(
        pk=0, name="物业勘验单.pdf", size=319_000, family="paper", mime="application/pdf", suffix=".pdf"
    ),
    Document(pk=0, name="独居老人台账.xlsx", size=48_000, family="paper", suffix=".xlsx"),
    Document(pk=0, name="旧合同.doc", family="paper", size=1, suffix=".doc", disposed_at=timezone.now()),
)
STEPS = (("受理", "7月6日"), ("勘验", "7月7日"), ("调解", "今天"), ("签协议", "未到"))


class Sample(forms.Form):
    """A form with every kind of field."""

    name = forms.CharField(label="居民姓名", help_text="可输拼音首字母")
    number = forms.CharField(label="身份证号")
    source = forms.ChoiceField(label="来源", choices=[("phone", "电话"), ("visit", "上门")], required=False)
    story = forms.CharField(label="经过", widget=forms.Textarea, required=False)
    outcome = forms.ChoiceField(
        label="结果",
        choices=[("all", "达成一致"), ("part", "部分一致")],
        widget=forms.RadioSelect,
        required=False,
    )
    told = forms.BooleanField(label="居民可见", required=False)

    def clean_number(self) -> str:
        number: str = self.cleaned_data["number"]
        if len(number) != 18:
            raise forms.ValidationError("少一位。对照证件再看看第 10 到 18 位。")
        return number


def gallery(request: HttpRequest) -> HttpResponse:
    """All components on one page."""
    if not settings.DEVELOPMENT:
        raise Http404
    filled = {"name": "方秀英", "number": "31010119440312132", "outcome": "all", "told": "on"}
    context: dict[str, Any] = {
        "parts": PARTS,
        "colours": [colour.split() for colour in COLOURS],
        "duties": ("zheng", "min", "zhi", "wen", "shu", "ji", "lian"),
        "urgencies": (
            ("ji", "急", "人身、公共安全。2 小时内到场"),
            ("nan", "难", "要多方一起办。5 个工作日"),
            ("chou", "愁", "牵挂生计。10 个工作日"),
            ("pan", "盼", "长远愿望。15 个工作日"),
        ),
        "steps": STEPS,
        "documents": ATTACHED,
        "form": Sample(filled),
        "page": Page(rows=range(20), number=3, per_page=20, total=1046),
    }
    return show(request, "desk/gallery.html", context)
