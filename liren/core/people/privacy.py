"""What the register says of itself about people: purpose, ground, retention and tier of every field."""

from liren.core.privacy.declared import Privacy, at, declare
from liren.core.privacy.tiers import Tier

LAW = "城市居民委员会组织法；个人信息保护法第十三条第一款第三项（履行法定职责）"
CARE = f"{LAW}；社会救助、养老、残疾人、未成年人保护等法规"
STAYS = "在册期间；迁出或死亡后 5 年，到期提请销毁"
# Keys and dates of writing that say nothing about a person by themselves.
KEYS = ("community", "person", "source", "end_source")

declare(
    "people.Person",
    Privacy(
        name="居民基本情况",
        purpose="知道社区里住着谁，办事、走访、应急时找得到人",
        basis=LAW,
        retention=STAYS,
        fields={
            **at(
                Tier.T0, name="姓名", former_name="曾用名", sex="性别", birth="出生日期", kind="人口类别",
                status="居住状态", status_on="状态变动日期", house="住址",
            ),
            **at(
                Tier.T1, ethnicity="民族", nationality="国籍", education="文化程度", marital="婚姻状况",
                political="政治面貌", employment="就业状况", work_unit="工作单位", remark="备注",
            ),
        },
        plain=(
            "community", "area", "source", "source_at", "recorded_at", "verified_on", "merged_into", "present",
            # the same facts once more, in the form in which they are found
            "pinyin", "initials", "words", "birth_on",
        ),
    ),
)  # fmt: skip
declare(
    "people.IdentityPaper",
    Privacy(
        name="证件号码",
        purpose="核对身份、不把两个人当成一个人；办事表格要用",
        basis=f"{LAW}；居民身份证法第十三条",
        retention=STAYS,
        fields={
            **at(Tier.T1, kind="证件种类", expires_on="有效期"),
            **at(Tier.T2, sealed="证件号码（加密保存，默认遮住）"),
        },
        plain=(*KEYS, "hash", "tail", "ended_on"),
    ),
)
declare(
    "people.Phone",
    Privacy(
        name="电话",
        purpose="联系本人；紧急时联系得上",
        basis=LAW,
        retention=STAYS,
        fields=at(Tier.T2, sealed="电话号码（加密保存，默认遮住）"),
        plain=(*KEYS, "hash", "tail", "recorded_at", "ended_on"),
    ),
)
declare(
    "people.Household",
    Privacy(
        name="家庭户",
        purpose="知道谁和谁是一家，按户走访、按户通知",
        basis=LAW,
        retention=STAYS,
        fields=at(
            Tier.T0, house="住址", number="户号", collective="是不是集体户", opened_on="立户日期", closed_on="撤户日期"
        ),
        plain=("community", "area", "source", "close_source"),
    ),
)  # fmt: skip
declare(
    "people.Residence",
    Privacy(
        name="居住经历",
        purpose="知道哪一间住着谁，从什么时候到什么时候；出租房和流动人口服务",
        basis=f"{LAW}；居住证暂行条例",
        retention=STAYS,
        fields=at(
            Tier.T0, house="住处", household="家庭户", relation="与户主关系", tenure="怎么住（自有、租住……）",
            from_on="住进日期", from_said="住进日期（知道多少记多少）", to_on="搬走日期", end_reason="搬走原因",
        ),
        plain=(*KEYS, "recorded_at", "verified_on"),
    ),
)  # fmt: skip
declare(
    "people.Hukou",
    Privacy(
        name="户籍",
        purpose="分清户籍人口和流动人口，代办证明时指路",
        basis=f"{LAW}；户口登记条例",
        retention=STAYS,
        fields=at(
            Tier.T1, here="户口在不在本社区", address="户籍地址", household_number="户口簿户号",
            from_on="迁入日期", to_on="迁出日期",
        ),
        plain=KEYS,
    ),
)  # fmt: skip
declare(
    "people.Label",
    Privacy(
        name="标签",
        purpose="知道谁需要帮、要帮什么，不漏人，也不重复跑",
        basis=CARE,
        retention="每个标签有复核日期，到期不复核就作废；依据没有了当天结束",
        fields={
            **at(
                Tier.T2, code="标签（按标签本身分级，T0 到 T3）", attributes="等级、金额等细目",
                evidence="凭什么", line="哪条线",
            ),
            **at(Tier.T3, circle="指定可看的人"),
        },
        plain=(*KEYS, "recorded_at", "tier", "from_on", "review_on", "to_on"),
    ),
)  # fmt: skip
declare(
    "people.Relation",
    Privacy(
        name="亲属与联系人",
        purpose="紧急联系；未成年人、失能老人找监护人",
        basis=f"{CARE}；民法典第二十六至三十九条",
        retention="跟着居民本人；关系结束后 1 年",
        fields={
            **at(Tier.T1, kind="什么关系", other="对方（在册）", other_name="对方姓名", said="怎么称呼"),
            **at(Tier.T2, other_phone_sealed="对方电话（加密保存，默认遮住）"),
        },
        plain=(*KEYS, "from_on", "to_on"),
    ),
)
declare(
    "people.Change",
    Privacy(
        name="变更记录",
        purpose="哪一项是谁、什么时候、凭什么改的，说得清",
        basis=f"{LAW}；个人信息保护法第八条（保证质量）",
        retention="跟着居民本人",
        fields=at(Tier.T2, fact="改的哪一项", before="原来", after="后来"),
        plain=("community", "person", "source", "source_at", "on", "at"),
    ),
)
declare(
    "people.Merge",
    Privacy(
        name="合并记录",
        purpose="两份档案并成一份以后，能原样拆回来",
        basis="个人信息保护法第八条（保证质量）",
        retention="跟着居民本人",
        fields=at(Tier.T2, kept="留下的一份", gone="并进去的一份", evidence="凭什么", moved="并过去的内容"),
        plain=("community", "at", "user", "undone_at"),
    ),
)
declare(
    "people.Source",
    Privacy(
        name="来源",
        purpose="每一项资料从哪张名册、哪次登记来",
        basis="个人信息保护法第八条（保证质量）",
        retention="跟着由它来的资料",
        fields=at(Tier.T0, title="名册或登记的名称", user="经手人"),
        plain=("community", "kind", "batch", "at", "undone_at"),
    ),
)
