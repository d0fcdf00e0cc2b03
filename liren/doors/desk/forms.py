"""Forms of the desk: signing in, one's own account, the first start. Shape only; the rules stand in the actions."""

import re
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm

FIGURES = re.compile(r"\d+")
SECRET = {"autocomplete": "new-password", "data-private": True}


class SignInForm(AuthenticationForm):
    """Name and password; one sentence for everything that may be wrong with them."""

    username = forms.CharField(
        label="账号",
        max_length=40,
        widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label="密码",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )
    error_messages = {
        "invalid_login": "账号或密码不对。看看大写锁定键是不是开着，再试一次",
        "inactive": "账号或密码不对。看看大写锁定键是不是开着，再试一次",
    }


class CodeForm(forms.Form):
    """The second step: six figures of the phone, or a recovery code."""

    code = forms.CharField(
        label="六位数字",
        max_length=20,
        widget=forms.TextInput(
            {"autocomplete": "one-time-code", "inputmode": "numeric", "data-private": True}
        ),
    )


class PasswordForm(forms.Form):
    """One's own new password; the old one is asked for, so that an unlocked screen is not enough."""

    old = forms.CharField(
        label="现在的密码",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label="新密码",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(SECRET),
        help_text="至少 10 位，不全是数字。想一句好记的话最省事",
    )
    again = forms.CharField(
        label="新密码再输一遍", max_length=200, strip=False, widget=forms.PasswordInput(SECRET)
    )

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_old(self) -> str:
        """The password that is known so far."""
        old: str = self.cleaned_data["old"]
        if not self.user.check_password(old):
            raise forms.ValidationError("现在的密码不对")
        return old

    def clean(self) -> dict[str, Any]:
        """Twice the same."""
        cleaned = super().clean() or {}
        if cleaned.get("new") and cleaned.get("again") and cleaned["new"] != cleaned["again"]:
            self.add_error("again", "两遍输得不一样")
        return cleaned


def _code(digits: int) -> forms.CharField:
    return forms.CharField(
        label=f"{digits} 位代码", max_length=20, widget=forms.TextInput({"inputmode": "numeric"})
    )


class SetupForm(forms.Form):
    """The first start: the printed code, where we are, and who is the first."""

    setup_code = forms.CharField(
        label="初始设置码",
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off", "data-private": True}),
        help_text="启动里仁的窗口里印着；没看到，就运行 bin/manage setup_code",
    )
    district_name = forms.CharField(label="区县", max_length=40)
    district_code = _code(6)
    street_name = forms.CharField(label="街道（乡镇）", max_length=40)
    street_code = _code(9)
    community_name = forms.CharField(label="社区", max_length=40)
    community_code = _code(12)
    organisation = forms.CharField(
        label="居委会全称", max_length=80, required=False, help_text="不填就是「社区名 + 居民委员会」"
    )
    address_prefix = forms.CharField(
        label="地址前缀",
        max_length=120,
        required=False,
        help_text="楼号前面的一段，如：清和路 118 弄。打印和导出时用",
    )
    grids = forms.IntegerField(
        label="网格数", min_value=0, max_value=60, initial=4, help_text="现在不分网格就填 0，以后可以再加"
    )
    name = forms.CharField(label="您的姓名", max_length=40)
    username = forms.CharField(
        label="登录账号",
        max_length=40,
        help_text="小写字母和数字，如 zhouhl",
        widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label="密码",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(SECRET),
        help_text="至少 10 位，不全是数字",
    )
    again = forms.CharField(
        label="密码再输一遍", max_length=200, strip=False, widget=forms.PasswordInput(SECRET)
    )
    admin_name = forms.CharField(label="系统管理员姓名", max_length=40, required=False)
    admin_username = forms.CharField(
        label="系统管理员账号",
        max_length=40,
        required=False,
        help_text="只管账号和区域，看不到居民。最好是另一位同事；密码下一页给出",
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none"}),
    )

    def clean(self) -> dict[str, Any]:
        """Codes of the right length that lie in each other, the password twice the same."""
        cleaned = super().clean() or {}
        self._check_codes(cleaned)
        if cleaned.get("password") and cleaned.get("again") and cleaned["password"] != cleaned["again"]:
            self.add_error("again", "两遍输得不一样")
        if bool(cleaned.get("admin_name")) != bool(cleaned.get("admin_username")):
            self.add_error("admin_username", "姓名和账号要么都填，要么都不填")
        return cleaned

    def _check_codes(self, cleaned: dict[str, Any]) -> None:
        above = ""
        for field, digits in (("district_code", 6), ("street_code", 9), ("community_code", 12)):
            code = cleaned.get(field, "").replace(" ", "")
            if not code:
                continue
            if len(code) != digits or not FIGURES.fullmatch(code):
                self.add_error(field, f"要 {digits} 位数字。可以在民政部门公布的区划代码里查")
            elif not code.startswith(above):
                self.add_error(field, f"要以上一级的 {above} 开头")
            else:
                cleaned[field] = above = code

    def areas(self) -> list[dict[str, str]]:
        """District, street and community as the action wants them."""
        said = self.cleaned_data
        rows = [
            {"level": level, "name": said[f"{level}_name"].strip(), "code": said[f"{level}_code"]}
            for level in ("district", "street", "community")
        ]
        rows[-1] |= {"organisation": said["organisation"], "address_prefix": said["address_prefix"]}
        return rows
