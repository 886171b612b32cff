"""The export of 12:30: rows of the morning's orders, newest first, with the dirt that exports have."""

from datetime import datetime, timedelta

import orders as day
import xlsx

TITLES = ["12345市民服务热线工单明细表（月坛街道）",
          "导出时间：2026-03-10 12:28    查询条件：被反映街乡镇=月坛街道；来话时间=当日"]
FIRST_ROW = len(TITLES) + 2  # the first data row, as the sheet counts

# Header and the field that it means; None = a column that intake keeps verbatim.
COLUMNS = [
    ("工单编号", "order_no"), ("工单类型", "order_type"), ("诉求标题", "title"),
    ("主要内容 ", "content"), ("来话时间", "called_at"), ("办理时限", "due_at"),
    ("来电人", "caller_name"), ("来电人电话/账号", "caller_phone"), ("来电主体", "caller_kind"),
    ("企业名称", "enterprise_name"), ("是否保密", "confidential"), ("来源渠道", "source_channel"),
    (" 问题分类", "cat_path"), ("被反映区", "district"), ("被反映街乡镇", "street"),
    ("所在村社区", "community"), ("小区点位", "point"), ("被反映地址", "address"), ("标签", "tags"),
    ("工单状态", "status_text"), ("话务员工号", None), ("录音编号", None), ("是否首次来电", None),
    ("区级备注", None),
]


def fullwidth(text):
    return "".join(chr(ord(c) + 0xFEE0) if "0" <= c <= "9" else c for c in text)


def half_day(at, long_form):
    word, hour = ("上午" if at.hour < 12 else "下午"), at.hour % 12 if at.hour != 12 else 12
    if long_form:
        return f"{at.year}年{at.month}月{at.day}日 {word}{hour}:{at.minute:02d}"
    return f"{at.year}/{at.month}/{at.day} {word} {hour}:{at.minute:02d}:00"


# Every way of writing a time that intake must read (DOMAIN 6.2).
STYLES = [
    lambda at: at.strftime("%Y-%m-%d %H:%M:%S"),
    lambda at: f"{at.year}/{at.month}/{at.day} {at.hour}:{at.minute:02d}",
    lambda at: xlsx.Serial(at),
    lambda at: f"{at.year}年{at.month}月{at.day}日 {at.hour}时{at.minute}分",
    lambda at: half_day(at, False),
    lambda at: at.strftime("%Y-%m-%dT%H:%M:%S"),
    lambda at: xlsx.Serial(at, styled=False),
    lambda at: half_day(at, True),
    lambda at: at.strftime("%Y%m%d%H%M%S"),
    lambda at: xlsx.Number(at.strftime("%Y%m%d%H%M%S")),
    lambda at: fullwidth(at.strftime("%Y-%m-%d %H:%M")),
    lambda at: at.strftime("  %Y-%m-%d %H:%M:%S "),
]


class Row:
    """`meant` is what intake should understand, `raw` what differs from it in the cell."""

    def __init__(self, meant, raw=None, plain=False):
        self.meant, self.raw, self.plain = dict(meant), dict(raw or {}), plain


def of_order(order, index, plain):
    meant = dict(order.fields)
    raw = {}
    meant.pop("parent_no", None)
    if not plain:
        meant["tags"] = order.extra.get("tags", [])
        meant["status_text"] = "待签收"
        if index % 8 == 2:
            raw["order_no"] = xlsx.Number(meant["order_no"])
        if index % 6 == 1 and meant["caller_phone"]:
            raw["caller_phone"] = xlsx.Number(meant["caller_phone"])
        if index % 17 == 5:
            meant["caller_phone"] = f"wx_demo_{index:04d}"
        if index % 15 == 9:
            raw["title"] = f"  {meant['title']}\u3000"
        if index % 20 == 11:
            raw["content"] = xlsx.Rich(meant["content"])
        if index % 20 == 16:
            raw["content"] = xlsx.Inline(meant["content"])
        if index % 23 == 7:
            meant["content"] = meant["content"].replace("。", "。\n注：来电人希望回电。", 1)
    return Row(meant, raw, plain)


def dirty(rows):
    """Spoils some rows and adds others; every one is told in expected.json."""
    usable = [row for row in rows if not row.plain and not row.raw]
    take = usable.pop
    blank, spaces, unnumbered, rounded, longer, late = (take(n) for n in (40, 35, 30, 25, 20, 15))
    blank.meant["content"] = ""
    spaces.meant["content"], spaces.raw["content"] = "", "\u3000 \u3000"
    unnumbered.meant["order_no"] = ""
    rounded.meant["order_no"] = "2.6031E+11"
    longer.meant["title"] = "关于" + "、".join(
        f"{row.meant['community']}反映的{row.meant['title']}" for row in rows[3:14]) + "等问题的诉求"
    late.meant["called_at"], late.raw["called_at"] = None, "2026-02-29 09:15:00"
    due = [row for row in usable if row.meant.get("due_at")]
    due[2].meant["due_at"], due[2].raw["due_at"] = None, "2026年2月30日 18时0分"
    due[5].meant["due_at"], due[5].raw["due_at"] = None, "待定"
    usable[3].raw["order_no"] = f" {usable[3].meant['order_no']}\u3000"
    usable[4].raw["order_no"] = fullwidth(usable[4].meant["order_no"])
    usable[5].raw["caller_phone"] = fullwidth(usable[5].meant["caller_phone"])
    usable[7].meant["called_at"] = day.DAY
    usable[7].raw["called_at"] = "2026-03-10"
    again = Row(usable[8].meant, {"called_at": STYLES[0](usable[8].meant["called_at"])})
    again.meant["content"] += "补充：来电人称今天下午家里有人。"
    wide = Row(usable[9].meant, {"order_no": fullwidth(usable[9].meant["order_no"])})
    wide.meant["caller_phone"] = "13900000999"
    same = Row(usable[10].meant)
    other = Row(usable[11].meant, {"order_no": "2.60310E+17"})
    other.meant["order_no"] = "2.60310E+17"
    rows[20:20] = [again]
    rows[33:33] = [same, other]
    rows.append(wide)
    for source in (usable[8], usable[9], usable[10]):
        source.plain = True  # no verbatim columns, so that a repeat changes only what is told
    again.plain = wide.plain = same.plain = True
    return rows


def cell(row, name, index):
    if name in row.raw:
        return row.raw[name]
    value = row.meant.get(name)
    if value in ("", None, []):
        return None
    if isinstance(value, datetime):
        return STYLES[(index * 5 + (3 if name == "due_at" else 0)) % len(STYLES)](value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if name == "cat_path":
        return value.replace(">", "->")
    return "，".join(value) if isinstance(value, list) else value


def verbatim(index):
    """The columns that intake doesn't know."""
    return [f"HW{1000 + index * 37 % 400}", xlsx.Number(str(88000000 + index * 131)),
            "是" if index % 4 else "否", "请按首接负责制办理" if index % 11 == 0 else None]


def write(path, rows):
    cells = []
    for index, row in enumerate(rows):
        known = [cell(row, name, index) for _, name in COLUMNS if name]
        cells.append(known + ([None] * 4 if row.plain else verbatim(index)))
    width = len(COLUMNS)
    blank = [[None] * width, [None] * width, [" "] + [None] * (width - 1), [None] * width]
    xlsx.write(path, "工单明细", TITLES, [title for title, _ in COLUMNS], cells, blank)
    return len(blank)


def warnings(row):
    found = []
    for name in ("called_at", "due_at"):
        if name in row.raw and row.meant.get(name) is None:
            found.append({"field": name, "reason": "bad_date", "text": row.raw[name]})
    if len(row.meant.get("title", "")) > 200:
        found.append({"field": "title", "reason": "too_long", "characters": len(row.meant["title"])})
    return found


def noon_corner(rows):
    """Two times at which 上午/下午 readers go wrong: just after midnight and just after noon."""
    spare = [row for row in rows if not row.raw and not row.plain]
    for row, at in ((spare[-1], day.DAY + timedelta(minutes=7)),
                    (spare[0], day.DAY + timedelta(hours=12, minutes=9))):
        row.meant["called_at"] = at
        word = "上午" if at.hour < 12 else "下午"
        row.raw["called_at"] = f"2026/3/10 {word} 12:{at.minute:02d}:00"
