"""What must stay secret: a restricted matter (限定知情) with everything that may hang on one, and how its silence is
measured: the same question with it and without it, answered alike.
"""

import re

from liren.core.documents.cleaning import cleaned
from liren.core.documents.tests import files
from liren.core.logbook.actions import write_record
from liren.core.matters import actions
from liren.core.matters.actions import PartyDraft
from liren.core.matters.models import Matter

SECRET = "孩子身上有伤疤甲乙丙"
INSIDE = ("secretary", "deputy")
OUTSIDE = (
    "street_admin", "street_section", "line_worker", "health_worker", "grid_worker", "grid_worker_2",
    "outsider", "outsider_deputy", "outsider_worker", "outsider_grid", "system_admin", "security_admin", "auditor",
)  # fmt: skip


def happened(village, *, house=None, reporter=None):
    """A restricted matter with everything that may hang on one: about a child and a home, told by a neighbour."""
    told_by = [PartyDraft(role="asker", person=reporter, phone="13900007777")] if reporter else []
    matter = actions.open_matter(
        "governance.lead", community=village.community, title=SECRET, body=SECRET, house=house or village.house,
        place=SECRET, parties=[PartyDraft(role="affected", person=village.child), *told_by], holder=village.deputy,
        files=[photo()], by=village.secretary,
    )  # fmt: skip
    actions.comment(matter, SECRET, by=village.deputy)
    actions.contact(matter, how="phone", reached=True, note=SECRET, by=village.deputy)
    actions.overrule_triage(matter, urgency="urgent", reason=SECRET, by=village.deputy)
    actions.ask_colleague(matter, SECRET, holder=village.secretary, by=village.deputy)
    actions.comment(matter, SECRET, files=[photo()], by=village.deputy)
    actions.attach_files(matter, files=[photo()], caption=SECRET, by=village.deputy)
    people = [village.child, reporter] if reporter else []
    write_record(text=SECRET, matter=matter, people=people, photos=[photo()], by=village.deputy)
    actions.move(matter, "report", note=SECRET, by=village.deputy)
    return Matter.objects.get(pk=matter.pk)


def photo():
    return f"{SECRET}.jpg", cleaned(files.jpeg((32, 24)), name="a.jpg")


# What differs from one answer to the next without telling anything: tokens, links that are signed, the clock.
CHANCE = re.compile(
    r'(?<=liren-csrf" content=")[^"]*|(?<=csrfmiddlewaretoken" value=")[^"]*|(?<=name="once" value=")[^"]*'
    r"|(?<=nonce-)[\w+/=-]+|(?<=/documents/)[\w:.~-]+(?=/)|\d\d:\d\d(:\d\d)?|\d+ (?:秒|分钟)前|刚刚"
    r"|(?<=/calendar/)[\w-]+(?=\.ics)|(?<=初始密码</dt><dd class=\"id\"><b>)[\w-]+"
    r"|(?<=Date\(D:)\d+|/ID\s*\[[^]]*\]|<(?:xmp|xmpMM|dcterms):\w+[^>]*>[^<]*"
)


def plain(text):
    """An answer without what is chance in it."""
    return CHANCE.sub("", text)
