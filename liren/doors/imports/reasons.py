"""Reasons (问题种类): what can be wrong with a row, in the words of the office."""

REASONS: dict[str, str] = {
    "id_checksum": "证件号校验不符",
    "id_length": "证件号位数不对",
    "id_precision_lost": "证件号被表格存成了数字，后几位丢了",
    "id_masked": "证件号打了星号",
    "id_missing": "没有证件号",
    "id_birth_mismatch": "证件号与出生日期不一致",
    "id_sex_mismatch": "证件号与性别不一致",
    "id_conflict": "同一个证件号，两个名字",
    "duplicate_person": "同一个人写了两行",
    "told_before": "别的文件里已经有这个人",
    "name_missing": "没有姓名",
    "address_unknown": "没有这幢楼或这个门牌",
    "address_suspect_date": "房号像是被改成了日期",
    "address_missing": "没有住址",
    "phone_invalid": "电话号码不对",
    "birth_invalid": "出生日期不对",
    "birth_ambiguous": "出生月份有两种读法",
    "free_text_members": "备注里还写着别人",
    "hidden_row": "这一行是隐藏的",
    "hidden_sheet": "这张表是隐藏的，没有读",
    "other": "其他",
}
# Worth knowing, but nobody has to do anything.
LIGHT = frozenset({"id_missing", "hidden_row", "hidden_sheet", "address_missing"})
SERIOUS = frozenset(REASONS) - LIGHT
# The row is not written until somebody has mended it.
BLOCKING = frozenset({"id_conflict", "name_missing", "told_before"})
