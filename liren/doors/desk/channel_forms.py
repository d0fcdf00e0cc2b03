"""Forms for channels. Shape only; what an address must be is known where it is understood."""

from typing import Any

from django import forms

from liren.core.accounts.models import User
from liren.core.areas.models import Area
from liren.core.notices.models import Channel
from liren.core.notices.wording import occasions

PRIVATE = {"autocomplete": "off", "spellcheck": "false", "data-private": True}


class ChannelWordsForm(forms.Form):
    """What a channel is called and what is told there."""

    name = forms.CharField(label="名字", max_length=40, help_text="群里的人怎么叫它，比如「社工群」")
    occasions = forms.MultipleChoiceField(label="发什么", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["occasions"].choices = list(occasions().items())  # type: ignore[attr-defined]


class ChannelForm(ChannelWordsForm):
    """A new channel with its address."""

    community = forms.ModelChoiceField(label="哪个社区", queryset=Area.objects.none(), empty_label=None)
    kind = forms.ChoiceField(label="种类", choices=Channel.Kind.choices)
    address = forms.CharField(
        label="地址",
        max_length=1000,
        widget=forms.TextInput(PRIVATE),
        help_text="机器人：把群里给的网址整条粘过来。邮件：收件邮箱，用逗号隔开",
    )
    secret = forms.CharField(
        label="签名密钥",
        max_length=80,
        required=False,
        widget=forms.TextInput(PRIVATE),
        help_text="钉钉、飞书开了「加签」才要填",
    )
    field_order = ("community", "name", "kind", "address", "secret", "occasions")

    def __init__(self, manager: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = manager.areas_for("notices.manage").communities()
        self.fields["community"].queryset = own  # type: ignore[attr-defined]
        if len(own) == 1:
            # Nothing to choose: it goes along unseen.
            self.fields["community"].widget = forms.HiddenInput()
            self.fields["community"].initial = own[0].pk
