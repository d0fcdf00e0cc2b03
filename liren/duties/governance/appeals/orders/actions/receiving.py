"""Receiving a file of orders for the dry run, and throwing it away."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import transaction
from django.utils import timezone

from liren.core.areas.models import Area
from liren.core.audit.actions import record
from liren.core.documents.actions import content_of, dispose, receive
from liren.core.duty import Refused

from ...models import SYSTEMS, OrderFile
from ..comparing import Line, compared
from ..reading import Reading, read_orders

# So many are taken over in some fifteen seconds, and their dry run is one page.
MOST = 1500


def read_content(content: bytes, name: str) -> Reading:
    """The orders of a file; it lies in a folder nobody else can read while it is opened."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"orders{Path(name).suffix.lower()[:6]}"
        path.write_bytes(content)
        reading = read_orders(path)
    if len(reading.orders) > MOST:
        raise Refused(f"这个文件有 {len(reading.orders):,} 张工单，一次最多 {MOST:,} 张，请拆开再导")
    return reading


def look_at(file: OrderFile) -> tuple[Reading, list[Line]]:
    """The dry run of a file (试运行): nothing is written."""
    reading = read_content(content_of(file.document), file.name)
    return reading, compared(reading.orders, community=file.community, system=file.system)


def receive_orders(community: Area, *, content: bytes, name: str, system: str, by: Any) -> OrderFile:
    """Keeps a file for the dry run. Refuses what cannot be read as orders: then nothing is kept.

    It is read before the transaction begins, so that nobody waits for it.
    """
    allow(community, by)
    if system not in dict(SYSTEMS):
        raise Refused("请选是哪个平台导出来的")
    if not content:
        raise Refused(f"「{name}」是空文件")
    total = len(read_content(content, name).orders)
    with transaction.atomic():
        document = receive(content, name=name, community=community, purpose="12345 等平台工单导入", by=by)
        file = OrderFile.objects.create(
            community=community, document=document, name=name[:200], system=system, total=total,
            at=timezone.now(), by=by,
        )  # fmt: skip
        record("governance.orders_receive", target=file, community=community, system=system, by=by)
    return file


@transaction.atomic
def drop_orders(file: OrderFile, *, by: Any) -> OrderFile:
    """Throws a file away that was not taken over. Refuses while the worker takes it over."""
    file = waiting(file, by)
    if file.is_running:
        raise Refused("这个文件正在导入，等它导完")
    file.dropped_at = timezone.now()
    file.save(update_fields=["dropped_at"])
    record("governance.orders_drop", target=file, community=file.community, by=by)
    dispose(file.document, by=by)
    return file


def may_take(community: Area, who: Any) -> bool:
    """Whether somebody may open matters here and hand them out now."""
    return who is None or (who.can("matters.open", community) and who.can("matters.assign", community))


def allow(community: Area, who: Any) -> None:
    """Refuses whoever may not."""
    if not may_take(community, who):
        raise Refused("您的岗位不能导入工单，请找社区书记、副主任或条线社工")


def waiting(file: OrderFile, who: Any) -> OrderFile:
    """The file, locked. Refuses one that was taken over or thrown away."""
    found = OrderFile.objects.select_for_update(of=("self",)).select_related("community", "document")
    return still_waiting(found.get(pk=file.pk), who)


def still_waiting(file: OrderFile, who: Any) -> OrderFile:
    """The same without the lock, for a step that only reads."""
    allow(file.community, who)
    if file.taken_at is not None:
        raise Refused("这个文件已经导入过了")
    if file.dropped_at is not None:
        raise Refused("这个文件已经丢弃了，请重新上传")
    return file
