"""Privacy notice (个人信息怎么用): what the house knows about people, why, how long, and who may look how deep."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from liren.core.pages import show
from liren.core.privacy.declared import declared
from liren.core.privacy.tiers import Tier

TIERS = (
    (Tier.T0, "一般", "本社区办事人员都能看"),
    (Tier.T1, "关怀", "只看自己负责的片区"),
    (Tier.T2, "经济与健康", "管这条线的人和书记能看；号码默认遮住，看全要说理由"),
    (Tier.T3, "限定", "只有指定的人能看，每次要说理由"),
)
# Residents come first on the wall, then their homes, then all that serves the work.
FIRST = {"people": 0, "places": 1}


@require_GET
def notice(request: HttpRequest) -> HttpResponse:
    """One table from the declarations of the models, to be read on screen or hung on the wall."""
    book = sorted(
        declared().items(), key=lambda row: (FIRST.get(row[0].partition(".")[0], len(FIRST)), row[0])
    )
    rows = [privacy for _, privacy in book]
    return show(request, "desk/notice.html", {"rows": rows, "tiers": TIERS})
