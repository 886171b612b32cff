"""What a correct intake does with a row, in a few lines: the reference for expected.json.

An order number seen before is an update: fields that came filled and differ replace the old ones; an
empty field never blanks a filled one. A row is refused only when its number or content is missing, or
its number is a rounded one in scientific notation. A date that can't be read is left empty, a title
over 200 characters is cut; both are warnings.
"""

import re
import unicodedata

TITLE_MAX = 200
SCIENTIFIC = re.compile(r"^\d(\.\d+)?[eE]\+?\d+$")


def clean(text):
    """Trimmed and full-width folded, as order numbers and phones are kept."""
    return unicodedata.normalize("NFKC", text or "").strip()


def refusal(row):
    if not clean(row.get("order_no")):
        return "missing_order_no"
    if SCIENTIFIC.match(clean(row["order_no"])):
        return "scientific_order_no"
    if not (row.get("content") or "").strip():
        return "missing_content"
    return None


class Intake:
    def __init__(self):
        self.orders, self.batches = {}, set()

    def take(self, row):
        """(outcome, detail): new, updated with the changed fields, unchanged, rejected with reason."""
        reason = refusal(row)
        if reason:
            return "rejected", reason
        row = {key: value for key, value in row.items() if value not in ("", None, [])}
        row["order_no"] = clean(row["order_no"])
        if "title" in row:
            row["title"] = row["title"].strip()[:TITLE_MAX]
        known = self.orders.get(row["order_no"])
        if known is None:
            self.orders[row["order_no"]] = row
            return "new", []
        changed = sorted(key for key, value in row.items() if known.get(key) != value)
        known.update(row)
        return ("updated", changed) if changed else ("unchanged", [])

    def batch(self, batch_id, rows):
        if batch_id in self.batches:
            return None
        self.batches.add(batch_id)
        return [self.take(row) for row in rows]


def tally(outcomes):
    counts = {"new": 0, "updated": 0, "unchanged": 0, "rejected": 0}
    for outcome, _ in outcomes:
        counts[outcome] += 1
    return counts
