"""What the desk does with the orders: a table by class, delays in minutes, drawn per order."""

import hashlib

SEED = 20260310
STEPS = ["sign", "dispatch", "accept", "contact", "hand_in", "submit", "complete"]

# Each step counts from the one before it; the limits stand in config/clocks.yaml. `late` is drawn
# instead of `sign` for a late_share of the orders: beyond the limit, so that a breach happens.
BY_CLASS = [
    {"class": "emergency", "sign": [1, 6], "late": [11, 14], "late_share": 0.15, "dispatch": [1, 5],
     "accept": [1, 4], "contact": [2, 10], "hand_in": [20, 45], "submit": [3, 10], "complete": [5, 20]},
    {"class": "utility", "sign": [2, 10], "late": [16, 25], "late_share": 0.08, "dispatch": [2, 10],
     "accept": [3, 20], "contact": [10, 60], "hand_in": [120, 600], "submit": [10, 45],
     "complete": [30, 180]},
    {"class": "general", "sign": [3, 24], "late": [31, 50], "late_share": 0.05, "dispatch": [5, 45],
     "accept": [10, 90], "contact": [30, 480], "hand_in": [600, 5760], "submit": [30, 240],
     "complete": [60, 1440]},
    {"class": "complex", "sign": [5, 26], "late": [31, 60], "late_share": 0.10, "dispatch": [10, 58],
     "accept": [30, 240], "contact": [60, 1200], "hand_in": [4320, 17280], "submit": [60, 480],
     "complete": [120, 2880]},
    {"class": "consult", "sign": [2, 20], "late": [31, 40], "late_share": 0.04, "dispatch": [3, 30],
     "accept": [5, 40], "contact": [10, 120], "hand_in": [60, 600], "submit": [10, 120],
     "complete": [30, 240]},
]

# An order that waits in team_leader goes by the first level of its category; else to request_centre.
UNROUTED = {"交通运输": "urban_office", "社会秩序": "justice_station", "通信管理": "community_office",
            "其他": "request_centre"}

# Instead of the normal course, in this order; the first that fits an order holds.
EXCEPTIONS = [
    {"when": {"street_other_than": "月坛街道"}, "after": "sign", "delay": [10, 25],
     "do": "request_return", "reason_code": "TERRITORY"},
    {"when": {"order_type": "撤单"}, "after": "sign", "delay": [5, 15], "do": "cancel"},
    {"when": {"order_type": ["无效", "骚扰", "感谢/表扬"]}, "after": "sign", "delay": [5, 30],
     "do": "self_answer"},
    {"when": {"share": 0.04}, "after": "dispatch", "delay": [15, 60], "do": "unit_bounce",
     "then": "dispatch"},
    {"when": {"share": 0.06}, "after": "hand_in", "delay": [5, 30], "do": "audit_fail",
     "then": "hand_in"},
]


def draw(order_no, step):
    """In [0, 1), the same in every language."""
    digest = hashlib.sha256(f"{SEED}:{order_no}:{step}".encode("utf-8")).digest()
    return int.from_bytes(digest[:4], "big") / 2**32


def delay(order_no, step, bounds):
    low, high = bounds
    return low + int(draw(order_no, step) * (high - low + 1))


def example(order_no, class_name):
    rule = next(rule for rule in BY_CLASS if rule["class"] == class_name)
    late = draw(order_no, "late") < rule["late_share"]
    delays = {step: delay(order_no, step, rule["late" if late and step == "sign" else step])
              for step in STEPS}
    return {"order_no": order_no, "class": class_name, "late": late, "delays": delays}


def describe(orders):
    late = [o for o in orders if example(o.order_no, o.class_name)["late"]]
    plain = [o for o in orders if o not in late]
    return {
        "seed": SEED, "unit": "minutes", "steps": STEPS,
        "draw": "u = first 4 bytes, big endian, of SHA-256(\"seed:order_no:step\") / 2^32; "
                "delay = low + floor(u * (high - low + 1)); late when draw(order_no, \"late\") "
                "< late_share; an exception with a share holds when draw(order_no, its do) < share",
        "start": "arrival of the order at the desk; each step counts from the step before",
        "by_class": BY_CLASS, "unrouted": {"to": UNROUTED, "else": "request_centre"},
        "exceptions": EXCEPTIONS,
        "late_sign": sorted(o.order_no for o in late),
        "examples": [example(o.order_no, o.class_name) for o in (plain[0], plain[50], late[0])],
    }
