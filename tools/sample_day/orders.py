"""The invented orders of the day, before any dirt: a list of Order, sorted by call time."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import places
import situations

DAY = datetime(2026, 3, 10)
DUE_HOURS = {"emergency": 2, "utility": 24, "general": 168, "complex": 360, "consult": 24}
CITY_ORDERS_A_DAY = 70_000  # the city's serial numbers grow at this pace

# Calls by hour, as weights: little at night, peaks after 8 and after 17.
HOURS = [4, 2, 1, 1, 2, 5, 10, 26, 44, 46, 38, 28, 20, 18, 20, 22, 25, 36, 42, 38, 30, 20, 12, 7]
BY_PHONE = ["市民来电反映：", "来电人反映，", "市民反映：", "诉求人称，", "来电反映"]
IN_WRITING = ["网民留言：", "市民留言反映：", "诉求人称，"]
AGAIN = ["再次反映：之前反映过没有结果，", "第二次来电：", "多次反映仍未解决：", "再次来电催办，问题一直未解决："]
CHANNELS = [("电话", 60), ("微信", 14), ("网站", 8), ("APP", 10), ("微博", 4), ("信箱", 2), ("人民网留言板", 2)]
TAGS = {"住房城乡建设": ["七有五性", "住有所居"], "民政": ["七有五性", "老有所养"], "生态环境": ["宜居性"],
        "市场管理": ["营商环境"], "公共安全": ["安全性"], "交通管理": ["便利性"], "公共服务": ["每月一题"]}


@dataclass
class Order:
    called_at: datetime
    fields: dict
    class_name: str
    sheet: bool  # in the export, not in a push
    body: str  # the content without its opening
    repeat_of: "Order" = None
    number_style: str = "plain"
    extra: dict = field(default_factory=dict)

    @property
    def order_no(self):
        return self.fields["order_no"]


class Maker:
    def __init__(self, chance):
        self.chance, self.phones, self.repeats, self.orders = chance, 0, 0, []

    def phone(self):
        self.phones += 1
        return f"13900000{self.phones * 7 % 1000:03d}"

    def caller(self):
        surname = self.chance.pick(places.SURNAMES)
        if self.chance.often(0.12):
            return surname + self.chance.pick(places.GIVEN)
        return surname + self.chance.pick(["先生", "女士"])

    def place(self, community=None, estate=None):
        community = community or self.chance.pick(places.COMMUNITIES)
        return {"community": community, "p": estate or self.chance.pick(places.POINTS[community]),
                "b": self.chance.between(1, 9), "u": self.chance.between(1, 5),
                "f": self.chance.between(2, 6)}

    def slots(self, where):
        c = self.chance
        return {**where, "n": c.between(2, 9), "m": c.between(12, 90),
                "when": c.pick(["上周三", "前天", "昨天晚上", "上个月", "周末", "大前天"]),
                "hour": c.pick(["一大早", "早上七点多", "昨晚十点多", "刚才"]),
                "road": c.pick(places.ROADS), "shop": c.pick(places.SHOPS),
                "money": c.pick([680, 1200, 1860, 3500, 4800, 9600, 12000])}

    def time(self, sheet):
        while True:
            hour = self.chance.weighted(list(enumerate(HOURS)))
            at = DAY + timedelta(hours=hour, minutes=self.chance.between(0, 59))
            if sheet and at > DAY + timedelta(hours=12, minutes=15):
                continue
            if DAY + timedelta(minutes=6) <= at <= DAY + timedelta(hours=23, minutes=35):
                return at

    def add(self, situation, sheet, at=None, where=None, variant=None, kind=None, wish=True):
        category, class_name, kinds, title, texts, wishes = situation
        c, where = self.chance, where or self.place()
        slots, kind = self.slots(where), kind or c.pick(kinds)
        variant = c.between(0, len(texts) - 1) if variant is None else variant % len(texts)
        channel = c.weighted(CHANNELS)
        body = texts[variant].format(**slots) + "。"
        if wish:
            body += c.pick(["诉求：", ""]) + wishes[variant % len(wishes)].format(**slots) + "。"
        content = c.pick(BY_PHONE if channel == "电话" else IN_WRITING) + body
        if class_name == "general" and kind == "咨询":
            class_name = "consult"
        fields = {
            "order_no": "", "order_type": kind, "title": title.format(**slots), "content": content,
            "caller_name": self.caller(), "caller_phone": self.phone(), "caller_kind": "个人",
            "confidential": False, "source_channel": channel, "cat_path": category,
            "district": places.DISTRICT, "street": places.STREET, "community": where["community"],
            "point": where["p"],
            "address": f"{places.DISTRICT}{where['p']}{where['b']}号楼{where['u']}单元",
        }
        order = Order(at or self.time(sheet), fields, class_name, sheet, body=body)
        if c.often(0.65):
            order.extra["due"] = True
        if c.often(0.25):
            order.extra["tags"] = TAGS.get(category.split(">")[0], [])
        self.orders.append(order)
        return order

    def repeat(self, first, sheet, minutes):
        """The same caller again, about the same matter, under a new number."""
        fields = dict(first.fields)
        self.repeats += 1
        fields["content"] = AGAIN[self.repeats % len(AGAIN)] + first.body
        order = Order(first.called_at + timedelta(minutes=minutes), fields, first.class_name, sheet,
                      first.body, repeat_of=first)
        self.orders.append(order)
        return order


def confidential(order, with_phone):
    order.fields.update(confidential=True, caller_name="保密")
    if not with_phone:
        order.fields["caller_phone"] = ""
    return order


def enterprise(maker, situation, sheet):
    order = maker.add(situation, sheet)
    order.fields.update(caller_kind="企业", enterprise_name=maker.chance.pick(places.ENTERPRISES))
    return order


def clock(hour, minute):
    return DAY + timedelta(hours=hour, minutes=minute)


def heating_outage(maker):
    """真武庙四里 goes cold before dawn and is warm again at night; everybody calls."""
    times = [(5, 41), (6, 12), (6, 40), (7, 5), (7, 22), (7, 48), (8, 10), (8, 31), (9, 14), (10, 2),
             (11, 20), (13, 35), (16, 50), (17, 42), (18, 20), (19, 5), (19, 40)]
    called = []
    for i, (hour, minute) in enumerate(times):
        where = maker.place("真武庙社区", "真武庙四里")
        variant = i % 6 if hour < 16 else [3, 4, 6][i % 3]
        called.append(maker.add(situations.UTILITY["noheat"], i % 5 in (1, 4) and hour < 12,
                                clock(hour, minute), where, variant))
    maker.repeat(called[0], False, 430)
    maker.repeat(called[6], False, 560)
    thanks = ("政务服务>社区工作>表扬", "general", ("感谢/表扬",), "感谢供暖抢修人员",
              ["{p}的暖气晚上热了，抢修师傅在坑里泡了一天，社区还给老人送了热水袋"], ["特来电感谢"])
    maker.add(thanks, False, clock(21, 26), maker.place("真武庙社区", "真武庙四里"))


def emergencies(maker):
    where = maker.place("汽车局河南社区", "汽南小区")
    gas = situations.EMERGENCY["gas"]
    first = maker.add(gas, False, clock(18, 47), where, 0, "求助")
    maker.add(gas, False, clock(18, 51), where, 1, "求助")
    maker.add(gas, False, clock(18, 58), where, 2, "诉求")
    again = maker.repeat(first, False, 22)
    again.fields["content"] = "再次来电：" + gas[4][3].format(**maker.slots(where)) + "。请马上派人。"
    for key, hour, minute in (("lift", 9, 26), ("fire", 22, 8), ("wall", 14, 17), ("suicide", 1, 33),
                              ("threat", 16, 42), ("road", 10, 51), ("knife", 20, 36), ("lift", 19, 12)):
        maker.add(situations.EMERGENCY[key], False, clock(hour, minute))
    order = maker.add(situations.GENERAL_LIFE["corridor"], False, clock(15, 8), variant=0)
    order.fields["content"] += "万一发生火灾后果不堪设想。"
    order.class_name = "emergency"  # by the word alone; a team leader may lower it


def oddities(maker):
    """Types that aren't requests, callers without a place, and addresses of another street."""
    blank = ("其他", "general", ("无效",), "无效来电", ["来电无人说话，回拨两次均占线"], [""])
    maker.add(blank, False, clock(2, 14), wish=False)
    maker.add(blank, True, clock(11, 2), wish=False)
    noise = ("其他", "general", ("骚扰",), "骚扰来电", ["来电人反复拨打，唱歌后挂断，没有具体事项"], [""])
    maker.add(noise, False, clock(23, 11), wish=False)
    lamp = maker.add(situations.GENERAL_STREET["lamp"], False, clock(7, 52))
    withdraw = ("市政设施>路灯", "general", ("撤单",), "撤销路灯不亮的诉求",
                ["所反映的路灯已经修好，要求撤销此前的工单"], [""])
    order = maker.add(withdraw, False, clock(17, 31), wish=False)
    order.fields.update({k: lamp.fields[k] for k in ("caller_name", "caller_phone", "community",
                                                     "point", "address")})
    order.extra["parent"] = lamp
    letter = maker.add(situations.GENERAL_STREET["pocket_park"], False, clock(10, 20))
    letter.fields.update(order_type="市民来信", source_channel="信箱")
    for hour, key in ((9, "rubbish"), (18, "park_in")):
        order = maker.add(situations.GENERAL_STREET[key], False, clock(hour, 44), variant=1)
        order.fields.update(street="展览路街道", community="", point="",
                            address="西城区百万庄大街样例院3号楼")
    maker.add(situations.GENERAL_LIFE["staff"], False, clock(13, 52))
    maker.add(situations.GENERAL_STREET["park_in"], False, clock(8, 16),
              maker.place("南礼士路社区"), 0)
    lost = maker.add(situations.GENERAL_LIFE["debt"], True, clock(10, 33))
    lost.fields.update(community="", point="", address="不详")


def daily_flow(maker, sheet, count):
    c = maker.chance
    groups = [(situations.UTILITY, 12), (situations.GENERAL_HOME, 24), (situations.GENERAL_STREET, 34),
              (situations.GENERAL_LIFE, 36), (situations.CONSULT, 14)]
    used = {}
    for _ in range(count):
        group = c.weighted(groups)
        fresh = sorted(group, key=lambda key: used.get(key, 0))  # the least used come first
        key = fresh[c.between(0, min(5, len(fresh) - 1))]
        used[key] = used.get(key, 0) + 1
        maker.add(group[key], sheet, variant=used[key] - 1 + sheet)


def number(orders):
    """Serial numbers of the whole city: they grow over the day, with gaps."""
    last = 0
    for i, order in enumerate(orders):
        minute = (order.called_at - DAY).total_seconds() / 60
        last = max(last + 1, int(minute / 1440 * CITY_ORDERS_A_DAY) + i % 13)
        order.fields["order_no"] = f"260310{last:06d}"
        if order.number_style == "district":
            order.fields["order_no"] = f"热线-260310-{last:06d}"


def finish(orders):
    for i, order in enumerate(orders):
        order.fields["called_at"] = order.called_at
        dispatched = order.called_at + timedelta(minutes=2 + i % 5)
        order.extra["dispatched_at"] = dispatched
        if order.extra.get("due") or order.class_name == "emergency":
            hours = DUE_HOURS[order.class_name]
            order.fields["due_at"] = dispatched + timedelta(hours=120 if i % 29 == 7 and hours == 168
                                                            else hours)
        if order.extra.get("parent"):
            order.fields["parent_no"] = order.extra["parent"].order_no


def make(chance):
    maker = Maker(chance)
    heating_outage(maker)
    emergencies(maker)
    oddities(maker)
    for i, (key, situation) in enumerate(situations.ENTERPRISE.items()):
        enterprise(maker, situation, i % 2 == 0)
        enterprise(maker, situation, i % 2 == 1)
    daily_flow(maker, True, 86)
    flow_start = len(maker.orders)
    daily_flow(maker, False, 96)
    late = [o for o in maker.orders[flow_start:] if o.called_at < clock(17, 0)]
    for first, minutes in zip(late[::9], (35, 95, 150, 210, 260, 300)):
        maker.repeat(first, False, minutes)
    for i, order in enumerate(o for o in maker.orders if o.class_name == "general" and not o.repeat_of):
        if i % 19 == 3 and order.fields["caller_kind"] == "个人":
            confidential(order, i % 2)
    orders = sorted(maker.orders, key=lambda o: o.called_at)
    for i, order in enumerate(o for o in orders if not o.sheet and o.class_name != "emergency"):
        if i % 14 == 5:
            order.number_style = "district"
    number(orders)
    finish(orders)
    return orders
