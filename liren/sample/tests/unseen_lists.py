"""List forms (名册) of kinds that nobody tuned for: joined labels, exclusions, codes, guide rows, misspelt headings."""

from typing import Any

from .blank_forms import FRAME
from .oracle import (
    ANY,
    BLANK,
    ID,
    NAME,
    SEQ,
    SEX,
    Address,
    Listing,
    address,
    age,
    born,
    coded,
    dated,
    has,
    hukou,
    label,
    lives,
    of,
    phone,
    say,
    wears,
    worn,
)

NO = ("序号", SEQ)
ONE_TWO = {"男": "1", "女": "2"}


def _guide(*words: Any) -> Any:
    """A row below the headings that says how to fill them."""

    def dress(made: Any, sheet: Any) -> None:
        for column, word in enumerate(words, 1):
            sheet.cell(3, column, word).border = FRAME

    return dress


def _numbered(made: Any, sheet: Any) -> None:
    for row in range(3, 15):
        sheet.cell(row, 1, row - 2)


def _pulls(made: Any, sheet: Any) -> None:
    """Lists on a hidden sheet, a hidden column, a sheet of explanations."""
    from openpyxl.worksheet.datavalidation import DataValidation

    words = made.create_sheet("码表")
    words.sheet_state = "hidden"
    for row, word in enumerate(("1-男性", "2-女性"), 1):
        words.cell(row, 1, word)
    offered = DataValidation(type="list", formula1="码表!$A$1:$A$2")
    offered.add("C4:C9")
    sheet.add_data_validation(offered)
    sheet.column_dimensions["E"].hidden = True
    made.create_sheet("填报说明")["A1"] = "1.统计对象：本社区在住的90周岁及以上老年人。"


def _supported(home: Any, world: Any) -> bool:
    here = any(lives(each) for each in world.members(home["key"]))
    return here and bool(home["support"]) and home["support"]["kind"] == "低保"


def _of_head(get: Any) -> Any:
    return lambda home, world: get(world.head(home), world)


def _years(person: Any, world: Any) -> int:
    year, month, day = map(int, worn(person, "党员")["join_date"].split("-"))
    return 2026 - year - ((6, 30) < (month, day))


LISTS = {
    "三个条件": Listing(
        "三网格65周岁以上独居老人关爱走访台账（2026年第二季度）",
        [
            NO,
            ("老人姓名", NAME),
            ("网格", say("grid")),
            ("年龄\n（周岁）", age),
            ("身份证号码", ID),
            ("居住地址", address),
            ("紧急联系人/姓名", BLANK),
            ("紧急联系人/电话", BLANK),
            ("走访情况", BLANK),
            ("备注", ANY),
        ],
        lambda p, w: lives(p) and p["grid"] == "第三网格" and p["age"] >= 65 and has(p, "独居老人"),
        sub="填报单位：              填报日期：    年  月  日",
        notes=("填报人：            审核人：            联系电话：",),
    ),
    "三类人": Listing(
        "低保、特困、低保边缘人员信息核查表",
        [
            NO,
            ("姓名", NAME),
            ("公民身份号码", ID),
            ("性别\n（1男2女）", coded(SEX, ONE_TWO)),
            ("出生年月\n（如1950.01）", born("{y}.{m}")),
            (
                "救助类型（1.低保 2.特困 3.低保边缘）",
                lambda p, w: "1" if has(p, "低保") else "2" if has(p, "特困人员") else "3",
            ),
            (
                "婚姻状况（1未婚2已婚3丧偶4离异）",
                coded(say("marital_status"), {"未婚": "1", "已婚": "2", "丧偶": "3", "离异": "4"}),
            ),
            ("家庭年收入（万元）", BLANK),
            ("致困原因", BLANK),
        ],
        lambda p, w: lives(p) and has(p, "低保", "特困人员", "低保边缘"),
        match=(1, 2),
    ),
    "空关房": Listing(
        "二网格空置房屋排查清单",
        [
            NO,
            ("楼栋", say("building_name")),
            ("室号", lambda h, w: (h["room"], f"{h['room']}室")),
            ("产权人", say("owner_name")),
            ("空置原因", BLANK),
        ],
        lambda h, w: h["use"] == "空关" and w.grid_of[h["building"]] == "第二网格",
        "houses",
        match=(1, 2, 3),
    ),
    "门弄的户": Listing(
        "26弄5号居民家庭户信息底册",
        [
            NO,
            ("户主姓名", _of_head(NAME)),
            ("户主身份证号", _of_head(ID)),
            ("家庭人口数（人）", lambda h, w: len(w.members(h["key"]))),
            ("其中/男", lambda h, w: sum(m["sex"] == "男" for m in w.members(h["key"]))),
            ("户主电话", _of_head(phone)),
            ("家庭经济状况", BLANK),
        ],
        lambda h, w: w.head(h)["building"] == "26弄5号" and any(lives(m) for m in w.members(h["key"])),
        "homes",
        match=(2,),
    ),
    "低保户": Listing(
        "低保家庭花名册",
        [
            NO,
            ("户主姓名", _of_head(NAME)),
            ("户主身份证号", _of_head(ID)),
            ("保障人数", lambda h, w: h["support"]["persons"]),
            ("月保障金额（元）", lambda h, w: h["support"]["monthly_amount"]),
            ("低保证号", lambda h, w: h["support"]["cert_no"]),
        ],
        _supported,
        "homes",
        match=(2,),
    ),
    "退役": Listing(
        "退役军人信息采集汇总表",
        [
            NO,
            ("姓 名", NAME),
            ("人员类别", label("退役军人", "kind")),
            ("入伍时间（年.月，如1975.12）", dated(label("退役军人", "enlist_date"), "{y}.{m}")),
            ("是否党员", wears("党员")),
            ("工作单位", say("work_unit")),
            ("优待证编号", BLANK),
        ],
        lambda p, w: lives(p) and has(p, "退役军人"),
    ),
    "错别字": Listing(
        "退役军人登记表",
        [
            NO,
            ("姓 铭", NAME),
            ("姓别", SEX),
            ("出声日期", say("birth_date")),
            ("身份证号吗", ID),
            ("联系电活", phone),
            ("户藉地址", hukou),
            ("政制面貌", say("political_status")),
        ],
        lambda p, w: lives(p) and has(p, "退役军人"),
    ),
    "不列入": Listing(
        "社区党员基本信息一览表",
        [
            NO,
            ("姓名", NAME),
            ("入党时间（格式：1990.07.01）", dated(label("党员", "join_date"), "{y}.{m}.{d}")),
            ("党龄（年）", _years),
            ("党内职务", BLANK),
        ],
        lambda p, w: lives(p) and has(p, "党员") and p["residence_type"] != "流动人口",
        notes=("说明：1.流动人口党员不列入本表。2.出生年月、入党时间按档案填写。",),
    ),
    "不含": Listing(
        "独居老人（不含持证残疾人）安装智能门磁意愿登记表",
        [NO, ("姓名", NAME), ("住址", address), ("是否同意安装", BLANK)],
        lambda p, w: lives(p) and has(p, "独居老人") and not has(p, "残疾人"),
    ),
    "并且": Listing(
        "低保家庭中残疾人花名册",
        [
            NO,
            ("姓名", NAME),
            ("低保证号", label("低保", "cert_no")),
            ("残疾类别", label("残疾人", "category")),
        ],
        lambda p, w: lives(p) and has(p, "残疾人") and has(p, "低保"),
    ),
    "或者又并且": Listing(
        "独居、空巢老党员走访慰问名单",
        [NO, ("姓名", NAME), ("党龄", _years), ("慰问金额（元）", BLANK), ("领取人签字", BLANK)],
        lambda p, w: lives(p) and has(p, "党员") and has(p, "独居老人", "空巢老人"),
    ),
    "一二级": Listing(
        "一级、二级残疾人护理补贴发放花名册",
        [
            NO,
            ("姓名", NAME),
            ("身份证号", ID),
            ("补贴标准（元/月）", BLANK),
            ("开户银行", BLANK),
            ("本人签名", BLANK),
        ],
        lambda p, w: lives(p) and worn(p, "残疾人").get("level") in ("一级", "二级"),
    ),
    "精神残疾": Listing(
        "精神残疾人监护情况登记册",
        [
            NO,
            ("姓名", NAME),
            ("残疾等级", label("残疾人", "level")),
            ("监护人/姓名", label("残疾人", "guardian")),
        ],
        lambda p, w: lives(p) and worn(p, "残疾人").get("category") == "精神",
    ),
    "三层表头": Listing(
        "持证残疾人基本状况调查表",
        [
            NO,
            ("基本信息/姓名", NAME),
            ("基本信息/户籍信息/户籍地址", hukou),
            ("基本信息/户籍信息/户籍类别", ANY),
            ("残疾信息/证号", label("残疾人", "cert_no")),
            ("残疾信息/等级", label("残疾人", "level")),
            ("康复需求/辅具", BLANK),
            ("康复需求/手术", BLANK),
        ],
        lambda p, w: lives(p) and has(p, "残疾人"),
    ),
    "已婚育龄": Listing(
        "流动人口已婚育龄妇女登记卡片汇总",
        [NO, ("妇女姓名", NAME), ("年龄", age), ("来本地日期", say("move_in_date")), ("孕检日期", BLANK)],
        lambda p, w: (
            lives(p)
            and p["residence_type"] == "流动人口"
            and p["sex"] == "女"
            and 15 <= p["age"] <= 49
            and p["marital_status"] == "已婚"
        ),
    ),
    "非户籍": Listing(
        "非本社区户籍60周岁以上常住老年人名册",
        [NO, ("姓名", NAME), ("年龄", age), ("户籍地", hukou)],
        lambda p, w: lives(p) and p["age"] >= 60 and p["residence_type"] == "流动人口",
        match=(1, 3),
    ),
    "一二网格": Listing(
        "第一、二网格80岁以上独居老人名单",
        [NO, ("姓名", NAME), ("网格", say("grid"))],
        lambda p, w: (
            lives(p) and has(p, "独居老人") and p["age"] >= 80 and p["grid"] in ("第一网格", "第二网格")
        ),
    ),
    "出生于": Listing(
        "1966年1月1日至1966年12月31日出生人员养老待遇申领名单",
        [NO, ("姓名", NAME), ("出生日期", say("birth_date"))],
        lambda p, w: lives(p) and p["birth_date"][:4] == "1966",
        match=(1, 2),
    ),
    "以来迁出": Listing(
        "2025年以来迁出人员登记表",
        [NO, ("姓名", NAME), ("迁出日期", say("status_date")), ("迁往地", BLANK)],
        lambda p, w: p["status"] == "已迁出" and p["status_date"] >= "2025-01-01",
        match=(1, 2),
    ),
    "丈夫": Listing(
        "孕产妇健康管理登记册",
        [
            NO,
            ("孕妇姓名", NAME),
            ("丈夫姓名", of("spouse", NAME)),
            ("丈夫电话", of("spouse", phone)),
            ("预产期", label("孕产妇", "due_date")),
            ("建册医院", BLANK),
        ],
        lambda p, w: lives(p) and has(p, "孕产妇"),
    ),
    "提示行": Listing(
        "孕产妇信息登记表",
        [NO, ("姓名", NAME), ("身份证号", ID), ("预产期", label("孕产妇", "due_date"))],
        lambda p, w: lives(p) and has(p, "孕产妇"),
        between=[[None] * 4],
        dress=_guide(None, "（必填）", "（18位）", "（格式：2026-01-01）"),
    ),
    "栏号行": Listing(
        "残疾儿童花名册（0-17周岁）",
        [NO, ("姓名", NAME), ("残疾证号", label("残疾人", "cert_no"))],
        lambda p, w: lives(p) and has(p, "残疾人") and p["age"] <= 17,
        between=[[None] * 3],
        dress=_guide("甲", 1, 2),
    ),
    "已编号": Listing(
        "特困人员分散供养照料护理协议名册",
        [NO, ("姓名", NAME), ("供养方式", label("特困人员", "support_mode")), ("有效期", BLANK)],
        lambda p, w: lives(p) and worn(p, "特困人员").get("support_mode") == "分散供养",
        blanks=12,
        dress=_numbered,
    ),
    "示例和下拉": Listing(
        "高龄老人基础信息表",
        [
            NO,
            ("姓名", NAME),
            ("性别", coded(SEX, {"男": "1-男性", "女": "2-女性"})),
            ("出生日期", born("{y}/{m}/{d}")),
            ("内部编码", BLANK),
            ("是否独居", wears("独居老人")),
        ],
        lambda p, w: lives(p) and p["age"] >= 90,
        between=[["示例", "张三", "1-男性", "1935/01/08", None, "是"]],
        dress=_pulls,
        blanks=6,
        match=(1, 3),
    ),
    "没有框": Listing(
        "计划生育特殊家庭联系人名册",
        [
            NO,
            ("姓名", NAME),
            ("特殊家庭类别", label("计生特殊家庭", "kind")),
            ("双岗联系人", BLANK),
            ("家庭医生", BLANK),
        ],
        lambda p, w: lives(p) and has(p, "计生特殊家庭"),
        framed=False,
        blanks=0,
    ),
    "编码表头": Listing(
        "特困人员信息采集表",
        [
            ("编号", ANY),
            ("A1.姓名", NAME),
            ("A2.性别：1男 2女", coded(SEX, ONE_TWO)),
            ("A3.出生年月（6位数字）", born("{y}{m}")),
            (
                "A4.政治面貌\n①中共党员②共青团员③群众",
                coded(say("political_status"), {"中共党员": "1", "共青团员": "2", "群众": "3"}),
            ),
            ("A5.是否残疾（0否 1是）", wears("残疾人", "1", "0")),
            ("A6.退休金（元/月）", BLANK),
        ],
        lambda p, w: lives(p) and has(p, "特困人员"),
    ),
    "隐患": Listing(
        "2026年5月份消防安全隐患排查整改台账",
        [
            NO,
            ("检查日期", say("found_date")),
            ("隐患部位", lambda m, w: Address(m["place"])),
            ("隐患描述", say("description")),
            ("整改期限", say("deadline")),
            ("是否整改到位（是/否）", lambda m, w: "是" if m["state"] == "已整改" else "否"),
            ("整改完成时间", say("finish_date")),
        ],
        lambda m, w: m["type"] == "安全隐患" and m["found_date"][:7] == "2026-05",
        "matters",
        match=(1, 2, 3),
    ),
    # What the register cannot ask by is said, and nobody is left out silently.
    "满百小时": Listing(
        "志愿服务时长满100小时志愿者名单",
        [NO, ("姓名", NAME), ("服务时长（小时）", label("志愿者", "hours"))],
        lambda p, w: lives(p) and has(p, "志愿者"),
        doubts="满100小时",
    ),
    "新增": Listing(
        "2026年上半年新增特困对象名单",
        [NO, ("姓名", NAME)],
        lambda p, w: lives(p) and has(p, "特困人员"),
        doubts="新增",
    ),
}
