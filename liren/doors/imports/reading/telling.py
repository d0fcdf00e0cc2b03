"""Telling (问题说明): every problem of a row as a plain sentence, in one place."""

MESSAGES = {
    "id_missing": "没有填写证件号码。",
    "id_birth_mismatch": "出生日期写的是“{said}”，与身份证上的 {proposal} 不一致，已按身份证登记。",
    "id_sex_mismatch": "性别写的是“{said}”，与身份证不一致，已按身份证登记为{proposal}。",
    "id_conflict": "这个身份证号已经属于第 {row} 行的“{other}”，两个姓名不同，这一行没有导入，请核对是谁的号码。",
    "duplicate_person": "与第 {row} 行是同一个人，已合并为一条，电话等信息都保留。",
    "maybe_duplicate": "与第 {row} 行同名同住处，可能是同一个人，请核对。",
    "name_missing": "没有填写姓名，这一行没有导入。",
    "name_doubtful": "“{said}”不像一个人的姓名，请核对。",
    "address_unknown": "找不到“{said}”这个地址（没有这个楼栋或房号），请核对。",
    "address_suspect_date": "房号“{said}”被表格变成了日期，原来可能是“{proposal}”，请核对。",
    "address_missing": "没有填写住址或房号。",
    "phone_invalid": "电话“{said}”位数不对，没有导入这个号码。",
    "birth_invalid": "出生日期“{said}”不是有效的日期。",
    "birth_ambiguous": "出生年月“{said}”可能是 {choices}，请核对。",
    "free_text_members": "文字里还提到其他人：“{said}”，没有作为居民导入，需要时请单独登记。",
    "hidden_row": "这一行在表里是隐藏的，已照常导入，请确认是否有效。",
    "hidden_sheet": "工作表“{said}”是隐藏的，没有导入。",
    "unknown_word": "“{said}”不在{table}的选项里，没有导入这一项。",
}


def tell(reason: str, **facts: object) -> str:
    """The sentence of a problem."""
    return MESSAGES[reason].format(**facts)
