"""The abilities that core itself asks for; rooms and doors declare theirs in duty.py and door.py."""

from . import Ability

CORE: tuple[Ability, ...] = (
    Ability("people.see", "看居民档案"),
    Ability("people.edit", "改居民档案、办迁入迁出"),
    Ability("people.reveal", "看完整号码"),
    Ability("people.merge", "合并与拆回重复档案"),
    Ability("people.export", "导出名册"),
    Ability("people.restricted", "看限定标签（指定人员）"),
    Ability("places.edit", "建楼栋、改房屋"),
    Ability("imports.run", "导入花名册"),
    Ability("imports.undo", "撤销整批导入"),
    Ability("quality.decide", "处理数据质量问题"),
    Ability("matters.see", "看事项台账"),
    Ability("matters.open", "登记事项"),
    Ability("matters.work", "办事项"),
    Ability("matters.assign", "派事项、改时限、归档"),
    Ability("logbook.write", "写工作记录"),
    Ability("logbook.tend", "撤下别人写的工作记录"),
    Ability("accounts.manage", "管人员与岗位"),
    Ability("areas.manage", "管区域"),
    Ability("notices.manage", "管对外通道"),
    Ability("rules.edit", "改规定的数字"),
    Ability("trace.read", "查留痕"),
    Ability("system.operate", "看运行状况"),
)
