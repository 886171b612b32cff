#!/usr/bin/env python3
"""Writes the sample day beside itself: 2026-03-10.xlsx, pushes.jsonl, expected.json. See README.md.

Same code, same bytes: no clock, no machine, one seed. (The compressed bytes of the .xlsx also hang on
zlib; the sheet inside doesn't.)
"""

import argparse
import hashlib
import json
from collections import Counter
from datetime import timedelta
from pathlib import Path

import operators
import orders as day
import push_day
import sheet_day
from chance import Chance
from intake_model import Intake, clean, tally

SEED = 20260310
EXPORT_AT = day.clock(12, 30)
EXPORT, PUSHES, EXPECTED = "2026-03-10.xlsx", "pushes.jsonl", "expected.json"


def overlap(orders, pushes, shared):
    """The same orders in both sources, before and after the export, changed and not."""
    sheet = [o for o in orders if o.sheet and not o.extra.get("tags") and o.number_style == "plain"]
    before = [o for o in sheet if o.called_at < day.clock(10, 30)][2:22:2]
    after = [o for o in sheet if o not in before][1:15:2]
    for i, order in enumerate(before):
        changes = {}
        if 4 <= i:
            changes = [{"title": "关于" + order.fields["title"]}, {"community": ""},
                       {"caller_phone": "13900000998"}][i % 3]
        pushes.add_order(order, i, changes=changes, plain=i < 4)
        shared.add(order.order_no)
    for i, order in enumerate(after):
        changes = {} if i < 2 else [
            {"content": order.fields["content"] + "来电人补充：希望今天内有人联系。"},
            {"due_at": order.extra["dispatched_at"] + timedelta(days=4)},
            {"urgency": "urgent"}][i % 3]
        pushes.add_order(order, i, day.clock(13, 15 * (i // 2)), changes, plain=True)
        shared.add(order.order_no)


def push_again(pushes, orders):
    """The same order in two pushes."""
    some = [o for o in orders if not o.sheet and o.class_name == "general"
            and o.called_at < day.clock(16, 0)][4:44:10]
    for i, order in enumerate(some):
        changes = {} if i == 0 else {"community": "三里河社区"} if i == 1 else {
            "content": order.fields["content"] + "来电人催办。"}
        pushes.add_order(order, orders.index(order), day.clock(17, 15), changes)


def build_pushes(orders, shared):
    pushes = push_day.Pushes()
    own = [o for o in orders if not o.sheet]
    spare = [o for o in own if o.class_name == "consult" and not o.repeat_of
             and day.clock(12, 0) < o.called_at < day.clock(22, 0)][:4]
    for order in own:
        if order not in spare:
            pushes.add_order(order, orders.index(order))
    push_day.dirt(pushes, spare)
    overlap(orders, pushes, shared)
    push_again(pushes, [o for o in orders if o not in spare])
    odd_spelling(pushes)
    lines = pushes.lines()
    resent = next(i for i, (at, _, _) in enumerate(lines) if at >= day.clock(11, 0))
    at, body, meant = lines[resent]
    lines.insert(resent + 1, (at + timedelta(minutes=2), body, meant))
    return lines


def odd_spelling(pushes):
    """Spaces and full-width digits in numbers and phones, a date that doesn't exist."""
    entries = [entry for key in sorted(pushes.batches) for entry in pushes.batches[key]
               if "dispatched_at" in entry[1] and entry[1].get("content")]
    entries[20][1]["order_no"] = f" {entries[20][1]['order_no']} "
    entries[40][1]["order_no"] = sheet_day.fullwidth(entries[40][1]["order_no"])
    entries[60][1]["caller_phone"] = sheet_day.fullwidth(entries[60][1].get("caller_phone", ""))
    bad = next(entry for entry in entries[70:] if "due_at" in entry[1])
    bad[1]["due_at"], bad[0]["due_at"] = "2026-02-30 10:00:00", None


def build_rows(orders, shared):
    sheet = sorted((o for o in orders if o.sheet), key=lambda o: o.called_at, reverse=True)
    rows = [sheet_day.of_order(order, i, order.order_no in shared) for i, order in enumerate(sheet)]
    rows = sheet_day.dirty(rows)
    sheet_day.noon_corner(rows)
    return rows


def sheet_report(rows, outcomes):
    report = {"rejects": [], "warnings": [], "updates": [], "unchanged": []}
    for number, (row, (outcome, detail)) in enumerate(zip(rows, outcomes), sheet_day.FIRST_ROW):
        order_no = clean(row.meant["order_no"])
        if outcome == "rejected":
            report["rejects"].append({"row": number, "order_no": order_no, "reason": detail})
            continue
        report["warnings"] += [{"row": number, "order_no": order_no, **warning}
                               for warning in sheet_day.warnings(row)]
        if outcome == "updated":
            report["updates"].append({"row": number, "order_no": order_no, "changed": detail})
        elif outcome == "unchanged":
            report["unchanged"].append({"row": number, "order_no": order_no})
    return report


def push_report(lines, outcomes_by_line):
    report = {"rejects": [], "warnings": [], "updates": [], "unchanged": [], "resent_lines": []}
    for number, ((_, body, meant), outcomes) in enumerate(zip(lines, outcomes_by_line), 1):
        if outcomes is None:
            report["resent_lines"].append(number)
            continue
        for index, (outcome, detail) in enumerate(outcomes):
            where = {"line": number, "index": index,
                     "order_no": clean(meant[index].get("order_no") or "")}
            if outcome == "rejected":
                report["rejects"].append({**where, "reason": detail})
                continue
            sent = body["orders"][index]
            if "due_at" in sent and meant[index].get("due_at") is None:
                report["warnings"].append({**where, "field": "due_at", "reason": "bad_date",
                                           "text": sent["due_at"]})
            if outcome == "updated":
                report["updates"].append({**where, "changed": detail})
            elif outcome == "unchanged":
                report["unchanged"].append(where)
    return report


def alone_sheet(rows):
    intake = Intake()
    outcomes = [intake.take(row.meant) for row in rows]
    return tally(outcomes), sheet_report(rows, outcomes)


def alone_pushes(lines):
    intake = Intake()
    outcomes = [intake.batch(body["batch_id"], meant) for _, body, meant in lines]
    flat = [outcome for line in outcomes if line is not None for outcome in line]
    return tally(flat), push_report(lines, outcomes)


def whole_day(rows, lines):
    """Both sources in the order of the clock: what each step does, and the end."""
    intake, steps = Intake(), []
    events = [(at, 1, number, body, meant) for number, (at, body, meant) in enumerate(lines, 1)]
    events.append((EXPORT_AT, 0, 0, None, None))
    report = {}
    for at, _, number, body, meant in sorted(events, key=lambda e: e[:3]):
        step = {"at": push_day.moment(at)}
        if body is None:
            outcomes = [intake.take(row.meant) for row in rows]
            report["export"] = sheet_report(rows, outcomes)
            step["export"] = EXPORT
        else:
            outcomes = intake.batch(body["batch_id"], meant)
            report.setdefault("lines", {})[number] = outcomes
            step["line"] = number
        steps.append({**step, **tally(outcomes or [])})
    push = push_report(lines, [report["lines"][n + 1] for n in range(len(lines))])
    totals = {key: sum(step[key] for step in steps) for key in tally([])}
    return intake, {"steps": steps, "totals": totals, "orders": len(intake.orders),
                    "export": {k: report["export"][k] for k in ("updates", "unchanged")},
                    "pushes": {k: push[k] for k in ("updates", "unchanged")}}


def times(rows):
    """What every readable time of the export means, by row."""
    out = {}
    for number, row in enumerate(rows, sheet_day.FIRST_ROW):
        out[str(number)] = {name: push_day.moment(row.meant[name]) for name in ("called_at", "due_at")
                            if row.meant.get(name)}
    return out


def stored_numbers(metas):
    intake = Intake()
    for meant in metas:
        intake.take(meant)
    return sorted(intake.orders)


def repeats(stored):
    """The same phone, category and address again under another number, the latest before it."""
    last, found = {}, []
    for order in sorted(stored.values(), key=lambda o: o["order_no"].split("-")[-1][-6:]):
        if not order.get("caller_phone"):
            continue
        key = (order["caller_phone"], order["cat_path"], order["address"])
        if key in last:
            found.append({"order_no": order["order_no"], "of": last[key]})
        last[key] = order["order_no"]
    return found


def clusters(stored):
    points = {}
    for order in stored.values():
        if order.get("point"):
            points.setdefault((order["cat_path"], order["point"]), []).append(order)
    found = []
    for (category, point), some in sorted(points.items()):
        callers = {order.get("caller_phone") or order["order_no"] for order in some}
        if len(callers) >= 3:
            found.append({"category": category, "point": point, "callers": len(callers),
                          "orders": sorted(order["order_no"] for order in some)})
    return found


def facts(intake, orders):
    """What can be said of the orders at the end of the day."""
    stored = intake.orders
    known = [o for o in orders if o.order_no in stored]
    return {
        "order_numbers": sorted(stored),
        "by_class": dict(sorted(Counter(o.class_name for o in known).items())),
        "emergencies": sorted(o.order_no for o in known if o.class_name == "emergency"),
        "by_type": dict(sorted(Counter(o["order_type"] for o in stored.values()).items())),
        "with_due_at": sum(1 for o in stored.values() if o.get("due_at")),
        "confidential": sorted(n for n, o in stored.items() if o.get("confidential")),
        "enterprise": sorted(n for n, o in stored.items() if o.get("caller_kind") == "企业"),
        "other_street": sorted(n for n, o in stored.items() if o["street"] != "月坛街道"),
        "repeats": repeats(stored),
        "clusters": clusters(stored),
    }


def expected(rows, blank_rows, lines, orders, digests):
    sheet_counts, sheet_details = alone_sheet(rows)
    push_counts, push_details = alone_pushes(lines)
    intake, course = whole_day(rows, lines)
    known = [o for o in orders if o.order_no in intake.orders]
    metas = [meant for _, _, some in lines for meant in some]
    return {
        "day": "2026-03-10", "street": "110102007", "seed": SEED,
        "export": {"file": EXPORT, "sha256": digests[EXPORT], "at": push_day.moment(EXPORT_AT),
                   "title_rows": len(sheet_day.TITLES), "header_row": sheet_day.FIRST_ROW - 1,
                   "rows": len(rows), "blank_rows": blank_rows,
                   "unknown_columns": [title for title, name in sheet_day.COLUMNS if name is None],
                   "alone": sheet_counts, **sheet_details,
                   "order_numbers": stored_numbers([row.meant for row in rows]),
                   "times": times(rows)},
        "pushes": {"file": PUSHES, "sha256": digests[PUSHES], "lines": len(lines),
                   "rows": len(metas), "alone": push_counts, **push_details,
                   "order_numbers": stored_numbers(metas)},
        "course": course, "facts": facts(intake, orders),
        "operators": operators.describe(known),
    }


def dump(value):
    """Indented to the second level, one line below it: readable and small."""
    def inner(item, depth):
        if depth == 0 or not isinstance(item, (dict, list)) or not item:
            return json.dumps(item, ensure_ascii=False)
        pad = " " * (2 * (4 - depth))
        if isinstance(item, dict):
            body = [f"{json.dumps(k, ensure_ascii=False)}: {inner(v, depth - 1)}"
                    for k, v in item.items()]
        elif all(isinstance(one, (str, int)) for one in item):
            return json.dumps(item, ensure_ascii=False)
        else:
            body = [inner(one, 0) for one in item]
        opening, closing = ("{", "}") if isinstance(item, dict) else ("[", "]")
        return opening + "\n" + ",\n".join(pad + line for line in body) + "\n" + pad[2:] + closing
    return inner(value, 3) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parent)
    out = parser.parse_args().out
    orders, shared = day.make(Chance(SEED)), set()
    lines = build_pushes(orders, shared)
    rows = build_rows(orders, shared)
    blank_rows = sheet_day.write(out / EXPORT, rows)
    text = "".join(json.dumps({"at": push_day.moment(at), "body": body}, ensure_ascii=False) + "\n"
                   for at, body, _ in lines)
    (out / PUSHES).write_text(text, encoding="utf-8")
    digests = {name: hashlib.sha256((out / name).read_bytes()).hexdigest()
               for name in (EXPORT, PUSHES)}
    (out / EXPECTED).write_text(dump(expected(rows, blank_rows, lines, orders, digests)),
                                encoding="utf-8")


if __name__ == "__main__":
    main()
