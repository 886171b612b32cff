"""The pushes of the day: batches in the order in which they leave, as `at` and `body`."""

from datetime import timedelta

import orders as day


def moment(at):
    return at.strftime("%Y-%m-%d %H:%M:%S")


def wire(order, index, plain=False):
    """One order as a push carries it. `plain` leaves out what the export can't show."""
    out = dict(order.fields)
    if not plain:
        out["dispatched_at"] = order.extra["dispatched_at"]
        out["tags"] = order.extra.get("tags", [])
        if order.class_name == "emergency" and index % 2 == 0:
            out["urgency"] = "emergency"
    return {key: value for key, value in out.items() if value not in ("", None, [])}


def encode(fields, index, plain=False):
    """Times as text; the category whole or in levels, both occur."""
    out = {key: moment(value) if hasattr(value, "strftime") else value
           for key, value in fields.items()}
    path = out.get("cat_path", "")
    if path and plain:
        out["cat_path"] = path.replace(">", "->")
    elif path and index % 3:
        del out["cat_path"]
        out.update({f"cat{n}": name for n, name in enumerate(path.split(">"), 1)})
    return out


def leaves_at(order):
    """Emergencies go at once, others with the next quarter of an hour (at night: the next hour)."""
    ready = order.extra["dispatched_at"] + timedelta(minutes=1)
    if order.class_name == "emergency":
        return ready
    step = 15 if 7 <= ready.hour < 23 else 60
    minutes = int((ready - day.DAY).total_seconds() // 60)
    return min(day.DAY + timedelta(minutes=minutes // step * step + step),
               day.DAY + timedelta(hours=23, minutes=55))


class Pushes:
    """Entries are (fields as meant, fields as sent); a batch goes by its time and source."""

    def __init__(self):
        self.batches = {}

    def add(self, at, meant, sent):
        source = "district" if str(sent.get("order_no", "")).startswith("热线") else "city"
        self.batches.setdefault((at, source), []).append((meant, sent))

    def add_order(self, order, index, at=None, changes=None, plain=False):
        meant = {**wire(order, index, plain), **(changes or {})}
        self.add(at or leaves_at(order), meant, encode(meant, index, plain))
        return meant

    def lines(self):
        """[(at, body, rows as meant)] in the order in which they leave."""
        out, serial = [], {"city": 0, "district": 0}
        for (at, source), entries in sorted(self.batches.items()):
            serial[source] += 1
            body = {"batch_id": f"{source}-20260310-{serial[source]:04d}", "sent_at": moment(at),
                    "source": source, "orders": [sent for _, sent in entries]}
            out.append((at, body, [meant for meant, _ in entries]))
        return out


def dirt(pushes, spare):
    """Orders that a push can spoil; `spare` are orders that appear nowhere else."""
    at = day.clock(15, 0)

    def spoil(order, index, **changes):
        meant = {**wire(order, index), **changes}
        sent = encode(meant, index)
        for key in [key for key, value in changes.items() if value is None]:
            del sent[key]
        pushes.add(at, meant, sent)

    spoil(spare[0], 1, content=None)
    spoil(spare[1], 2, content="   ")
    spoil(spare[2], 3, order_no=None)
    spoil(spare[3], 4, order_no="2.6031E+11")
