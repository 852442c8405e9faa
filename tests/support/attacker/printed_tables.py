"""Hidden cells that a printed table gives away on its own."""

from __future__ import annotations

from attacker.definitions import HIDDEN


def number(text):
    """A number of a table, or None."""
    try:
        return float(text.replace(",", "").replace("−", "-").replace("+", ""))
    except ValueError:
        return None


def lone(rows):
    """A hidden cell that is a total less the others, in any table as it is printed."""
    head, body = rows[0], rows[1:]
    for table, names in (
        (rows, [row[0] for row in body]),
        (list(map(list, zip(*rows, strict=True))) if all(len(row) == len(head) for row in rows) else [], head[1:]),
    ):
        if not table or "Total" not in table[0]:
            continue
        total = table[0].index("Total")
        lines = table[1:]
        complete = [[number(cell) for cell in line[1:]] for line in lines]
        adds = [line for line in complete if len(line) == len(table[0]) - 1 and None not in line]
        if not adds or any(abs(line[total - 1] * 2 - sum(line)) > 1.5 for line in adds):
            continue
        for name, line in zip(names, lines, strict=False):
            if line.count(HIDDEN) == 1 and all(cell == HIDDEN or number(cell) is not None for cell in line[1:]):
                yield f"the only hidden cell of {name!r} is its total less the others"


def changes(rows):
    """A hidden year beside another year and the change between them."""
    head = rows[0]
    for n in range(1, len(head) - 1):
        numbers = [[number(cell) for cell in row[n - 1 : n + 2]] for row in rows[1:]]
        complete = [three for three in numbers if None not in three and len(three) == 3]
        if any("base" in one.casefold() for one in head[n - 1 : n + 1]):
            continue
        if "change" not in head[n + 1].casefold() or any(abs(now - then - by) > 1.01 for then, now, by in complete):
            continue
        for row in rows[1:]:
            three = row[n - 1 : n + 2]
            if three.count(HIDDEN) == 1 and sum(number(cell) is not None for cell in three) == 2:
                yield f"{row[0]!r}: one year is the other and the change"
