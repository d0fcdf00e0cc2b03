"""Receiving (收文件): what is dropped is measured before it is taken into memory."""

from django.http import HttpRequest

from liren.core.documents.actions import LARGEST
from liren.core.duty import Refused

from .actions.batches import MOST_FILES

MB = 1024 * 1024


def received(request: HttpRequest) -> list[tuple[str, bytes]]:
    """The files of a drop; up to here they lie on the disk, in parts nobody else can read. Refuses too many, too large.

    A drop that is too large as a whole does not come this far: see liren/config/floods.py.
    """
    uploads = request.FILES.getlist("files")
    if len(uploads) > MOST_FILES:
        raise Refused(f"一次最多 {MOST_FILES} 个文件，请分几次导")
    for upload in uploads:
        if (upload.size or 0) > LARGEST:
            raise Refused(f"「{upload.name}」超过 {LARGEST // MB} MB，请拆开再传。登记册没有动过")
    return [(upload.name or "名册", upload.read()) for upload in uploads]
