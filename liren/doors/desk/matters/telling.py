"""Telling (记经过): comments, attempts to reach people, files, and what the one who asked says of the result."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from liren.core.documents.receiving import cleaned_uploads
from liren.core.duty import Refused
from liren.core.matters import actions
from liren.core.matters.actions.telling import HOW
from liren.core.matters.models import Attachment, Matter
from liren.core.matters.outcomes import ANSWERS
from liren.core.matters.parties import has_asker
from liren.core.pages.permits import needs

from .fields import FilesField, NoteField
from .steps import files_sent, matter_url, once_of, one_step, sent, the_matter, worker


class ToldForm(forms.Form):
    """What the one who asked may be let read; not asked where nobody did."""

    public = forms.BooleanField(label="诉求人看得到", required=False)

    def __init__(self, *args: Any, matter: Matter, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not has_asker(matter):
            del self.fields["public"]


class CommentForm(ToldForm):
    """What happened, with photos."""

    text = NoteField(label="写一条经过", required=False)
    files = FilesField()  # type: ignore[assignment]
    field_order = ("text", "files", "public")

    def clean(self) -> dict[str, Any]:
        """A word or a file must be there."""
        said: dict[str, Any] = super().clean() or {}
        if not said.get("text") and not said.get("files"):
            self.add_error("text", "写一句，或放一张照片")
        return said


class ContactForm(forms.Form):
    """An attempt to reach somebody."""

    how = forms.ChoiceField(
        label="怎么联系的", choices=list(HOW.items()), widget=forms.RadioSelect, initial="phone"
    )
    reached = forms.ChoiceField(
        label="联系上了吗", choices=[("yes", "联系上了"), ("no", "没联系上")], widget=forms.RadioSelect
    )
    note = NoteField(label="说了什么（可不填）", required=False)


class FilesForm(ToldForm):
    """Files with what they are."""

    files = FilesField(required=True)  # type: ignore[assignment]
    role = forms.ChoiceField(label="是什么", choices=Attachment.ROLES, required=False)
    caption = forms.CharField(label="说明（可不填）", max_length=80, required=False)
    field_order = ("files", "role", "caption", "public")


class AppraiseForm(forms.Form):
    """What the one who asked said when called back."""

    solved = forms.ChoiceField(label="解决了没有", choices=ANSWERS, widget=forms.RadioSelect)
    satisfied = forms.ChoiceField(label="满意不满意", choices=ANSWERS, widget=forms.RadioSelect)
    stars = forms.TypedChoiceField(
        label="打几颗星（可不填）", choices=[("", "没说"), *((n, f"{n} 星") for n in range(5, 0, -1))],
        coerce=int, empty_value=None, required=False,
    )  # fmt: skip
    words = NoteField(label="原话（可不填）", required=False)


def _said(request: HttpRequest, matter: Matter, data: dict[str, Any]) -> Matter:
    """The files lie clean before anything is written; they go with the comment's own entry."""
    files = cleaned_uploads(data["files"], area=matter.area)
    text = data["text"] or f"添了 {len(files)} 个文件"
    actions.comment(
        matter, text, public=data.get("public", False), files=files, once=once_of(request), by=worker(request)
    )
    return matter


@needs("matters.work")
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Writes down what happened."""
    matter = the_matter(request, pk)
    return one_step(
        request,
        CommentForm(sent(request), files_sent(request), matter=matter),
        title="写一条经过",
        verb="记下",
        back=matter_url(matter),
        act=lambda data: _said(request, matter, data),
        done=lambda told: "记下了",
        matter=matter,
    )


@needs("matters.work")
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Writes down an attempt to reach the one who asked."""
    matter = the_matter(request, pk)
    limit = "" if matter.contacted_at else "第一次联系上的时间会算进「首次联系」。"
    return one_step(
        request,
        ContactForm(sent(request)),
        title="记一次联系",
        verb="记下",
        lead=limit,
        back=matter_url(matter),
        act=lambda data: actions.contact(
            matter,
            how=data["how"],
            reached=data["reached"] == "yes",
            note=data["note"],
            once=once_of(request),
            by=worker(request),
        ),
        done=lambda entry: "记下了" if entry.particulars.get("reached") else "记下了，没联系上也算一次",
        matter=matter,
    )


@needs("matters.work")
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """Adds files to the matter."""
    matter, user = the_matter(request, pk), worker(request)

    def act(data: dict[str, Any]) -> list[Attachment]:
        files = cleaned_uploads(data["files"], area=matter.area)
        facts = {"role": data["role"], "caption": data["caption"], "public": data.get("public", False)}
        return actions.attach_files(matter, files=files, **facts, once=once_of(request), by=user)

    return one_step(
        request,
        FilesForm(sent(request), files_sent(request), matter=matter),
        title="添材料",
        verb="添上",
        back=matter_url(matter),
        act=act,
        done=lambda kept: f"添了 {len(kept)} 件材料",
        matter=matter,
    )


@needs("matters.work")
def appraise(request: HttpRequest, pk: int) -> HttpResponse:
    """Writes down what was said when the one who asked was called back (回访)."""
    matter = the_matter(request, pk)

    def act(data: dict[str, Any]) -> Matter:
        if matter.is_open:
            raise Refused("办结以后才回访")
        who = f"{worker(request)}回访"
        return actions.appraise(matter, **data, who=who, once=once_of(request), by=worker(request))

    return one_step(
        request,
        AppraiseForm(sent(request)),
        title="回访",
        verb="记下",
        lead="问一声：解决了没有，满不满意。照原话记。",
        back=matter_url(matter),
        act=act,
        done=lambda told: "回访记下了",
        matter=matter,
    )
