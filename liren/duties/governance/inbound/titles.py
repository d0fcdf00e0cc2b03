"""Titles (事由): one line of what is wanted, in the message's own words without its greetings, dates and thanks."""

import re
from collections.abc import Iterable

from .vocabulary import VERB
from .words import plain

MOST = 40
HEADLINE = re.compile(r"[【\[《]([^】\]》\n]{4,40})[】\]》]")
NO_HEADLINE = re.compile(r"^(?:重要|紧急|特急|转发?|提醒|温馨提示)?(?:通知|提醒|提示|公告|文件|图片)?[!！]*$")
GREETING = re.compile(
    r"@所有人|@\S+\s|各社区(?:书记|主任|居委会?|负责人)?(?:好)?|各(?:居委会?|村居|村、?社区|位(?:书记|主任|社工|同事|同仁|领导|老师)?)|"
    r"大家(?:上午|下午|早上|晚上)?好|(?:上午|下午|早上|晚上)好|您好|你好|打扰(?:了)?|"
    r"(?:紧急|重要|特急|再次|温馨)?(?:通知|提醒|提示)[:：!！]|收到请?.{0,4}(?:回复|扣1).{0,4}|谢谢(?:配合|大家|支持)?|辛苦(?:了|大家|各位)?|感谢(?:配合|支持)?"
)
EMPTY_WORDS = re.compile(
    r"^(?:请|麻烦|烦请|务必|需要?|大家|于|在|将|把|要|及时|认真|抓紧|尽快|马上|立即|速|现|今|接上级通知|根据要求|按照?要求|本|贵|之前|以前|前|的|并|再|还有|另外|另|此外|以及|以上|一下|各社区)+"
)
TAIL = re.compile(r"(?:前|之前|以前|于|在|，|、|。|；|！|!|：|:|至|到|发我|给我)+$")
GROUND = re.compile(r"^(?:根据|按照|依据|接|为|按|鉴于|附件?|由于|经|如|因|自)|(?:如下|通知)$")
CLAUSE = re.compile(r"[，。；！!？?\n]")


def title_of(text: str, away: Iterable[tuple[int, int]]) -> str:
    """The best clause of the text with these spans taken out; never empty for a text that is not."""
    said = plain(text)
    head = HEADLINE.search(said)
    if head and not NO_HEADLINE.match(head[1]) and head.start() < 60 and VERB.search(head[1]):
        return text[head.start(1) : head.end(1)][:MOST]
    letters = list(said)
    for start, end in away:
        letters[start:end] = "\0" * (end - start)
    rest = GREETING.sub("，", "".join(letters).replace("\0", ""))
    clauses = [_bare(clause) for clause in CLAUSE.split(rest)]
    asking = [clause for clause in clauses if len(clause) >= 4 and VERB.search(clause)]
    if asking:
        return max(asking, key=_tells)[:MOST]
    said_at_all = [clause for clause in clauses if len(clause) >= 2]
    return (said_at_all or text.strip().splitlines())[0][:MOST]


def _tells(clause: str) -> int:
    """How well a clause says what is wanted: grounds and enclosures say little."""
    score = 2 if (found := VERB.search(clause)) and found.start() <= 2 else 0
    score += 2 if re.search(r"会议|培训|演练|动员会|推进会", clause) else 0
    return score - (4 if GROUND.match(clause) else 0)


def _bare(clause: str) -> str:
    words = re.sub(r"[@【】\[\]]|^\s*[:：]", "", clause).strip(" \t\r:：、，（）()")
    return TAIL.sub("", EMPTY_WORDS.sub("", words)).strip(" ：:、")
