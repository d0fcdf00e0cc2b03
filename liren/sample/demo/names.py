"""Names (姓名) as people of each generation have them."""

from random import Random

SURNAMES = (
    "王李张刘陈杨赵黄周吴" * 6 + "徐孙胡朱高林何郭马罗" * 4 + "梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕" * 2
    + "苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段"
    + "章钱汤尹黎易常武乔贺赖龚文单解翟仇区查缪乐瞿盛柏陶倪严华俞施柳费岑闵滕"
)  # fmt: skip
COMPOUND = ("欧阳", "上官", "司徒", "诸葛", "皇甫")
# Born before: (first characters, second characters; a dot makes a name of one character).
MALE = {
    1955: ("国建福德根宝金水阿文志明荣生祥兴林庆永长", "生根宝林祥荣发明康良才兴"),
    1975: ("建志国卫永正伟文晓新立学红军春海", "国华强明平东军民林峰刚忠·"),
    1995: ("伟俊志晓海文明旭斌鹏佳凯宇思超", "杰峰鹏宇涛斌文辉··亮超"),
    9999: ("子浩宇梓奕俊沐一嘉铭泽辰睿亦", "轩然涵宸阳泽睿航辰霖凡安"),
}  # fmt: skip
FEMALE = {
    1955: ("秀桂阿玉凤兰金月惠美根宝素雪翠", "英珍妹娣芳兰华凤珠仙宝琴"),
    1975: ("丽秀红美玉爱春雪慧小建亚海淑", "华芳萍英琴敏娟红珍梅凤霞·"),
    1995: ("晓静丽佳婷雪海思文慧莉倩燕", "静婷敏燕雯洁··颖蕾琳莹"),
    9999: ("子雨梓欣诗一可语思嘉若佳", "涵萱彤怡妍琪悦诺馨晴宁桐"),
}  # fmt: skip
FOREIGN = (
    ("Emma Keller", "2", "德国"),
    ("Kim Min-jun", "1", "韩国"),
    ("Sato Haruka", "2", "日本"),
    ("James Walker", "1", "美国"),
    ("Lucas Martin", "1", "法国"),
    ("Sofia Rossi", "2", "意大利"),
    ("Olga Petrova", "2", "俄罗斯"),
    ("Miguel Santos", "1", "西班牙"),
    ("Nguyen Thi Lan", "2", "越南"),
    ("Peter Novak", "1", "捷克"),
    ("Grace Tan", "2", "新加坡"),
    ("Thomas Berg", "1", "瑞典"),
)


def surname(dice: Random) -> str:
    """A surname, the common ones more often."""
    return dice.choice(COMPOUND) if dice.random() < 0.004 else dice.choice(SURNAMES)


def given_name(dice: Random, *, male: bool, born: int) -> str:
    """A given name of the generation."""
    lists = MALE if male else FEMALE
    first, second = lists[min(year for year in lists if born < year)]
    return dice.choice(first) + dice.choice(second).strip("·")
