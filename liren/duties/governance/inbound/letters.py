"""The letter that goes back with a task that is not admitted (退回函): polite, with the article."""

from dataclasses import dataclass

from django.utils import timezone

from liren.core.pages.words import full_day

from .models import InboundTask

LAW = (
    "《中华人民共和国城市居民委员会组织法》第四十三条关于协助工作应有经费和条件保障、"
    "委托事项应当依法并由委托部门保障经费、建立减轻居民委员会负担长效机制的规定"
)
# How the shipped lists mark an article that nobody has held against the text of the law yet.
UNCHECKED = "待核对"
GROUNDS = {
    "off_list": "经对照，该事项不在本社区依法履职清单和协助清单之内",
    "negative": "经对照，该事项列在本社区负面清单之内",
    "certificate": (
        "民政部等六部门《关于改进和规范基层群众性自治组织出具证明工作的指导意见》（民发〔2020〕20号）已明确，"
        "该类证明不应由居民委员会出具"
    ),
    "no_money": "来件未随事明确经费和工作条件",
    "main_duty": "来件要求把协助事项作为社区的主责办理",
    "repeated": "来件所要内容与本社区已报的材料重复",
}


@dataclass(frozen=True)
class Letter:
    """What stands in it."""

    task: InboundTask
    to: str
    ground: str
    law: str
    reason: str
    instead: str
    community: str
    day: str
    received: str

    @property
    def is_unchecked(self) -> bool:
        """Whether it rests on an article that somebody has to look up before it goes out."""
        return UNCHECKED in self.ground


def letter_of(task: InboundTask) -> Letter:
    """The letter of a task that was refused."""
    matter = task.matter
    community = matter.community
    name = community.organisation or f"{community.name}居民委员会"
    instead = task.item.instead if task.item and task.item.kind == "negative" else ""
    item = f"：{task.item.title}（{task.item.basis}）" if task.item and task.item.kind == "negative" else ""
    return Letter(
        task=task,
        to=task.sender_unit or task.sender_person or "来件单位",
        ground=GROUNDS.get(task.article, GROUNDS["off_list"]) + item,
        law=LAW,
        reason=task.admission_reason.rstrip("。"),
        instead=instead,
        community=name,
        day=full_day(task.admitted_at or timezone.now()),
        received=full_day(matter.opened_at),
    )
