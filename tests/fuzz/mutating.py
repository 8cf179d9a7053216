"""Makes hostile inputs out of good ones: small damage at random places, and pieces that have hurt programs before."""

import json

PIECES = (
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\x1b[2J",
    "\u202e\u200b\ufffd".encode(),
    b"9" * 60,
    b"9" * 5000,
    b"1e999",
    b"NaN",
    b"-",
    b"[" * 3000,
    b"{" * 3000,
    b"(" * 3000,
    b'{"a":' * 2000,
    b"9999-12-31",
    b"0000-00-00",
    b"2026-02-30",
    b"=cmd|' /C calc'!A0",
    b"../../../../etc/passwd",
    b"/dev/zero",
    b"<!ENTITY a '&a;&a;'>",
    b"<script>alert(1)</script>",
    b"<<<<<<< HEAD\n=======\n>>>>>>> other\n",
    b"&a [*a, *a]",
    b"!!python/object/apply:os.system ['false']",
    b"? [",
    b"${PATH}",
    b"{0.__class__}",
    b"{}",
    b"%s%n",
    b"\\",
    b'"',
    b'""',
    b",",
    b",,,,,,,,,,",
    b"\n",
    b"\r",
    b"\r\n\r\n",
    b"\t",
    b";",
    b"[x](figure:a.b)",
    b"[x](compare:a.b < c.d)",
    b"[^1]: ",
    b"```{code-cell}\n",
    b"|a|b|\n|-|-|\n|1|2|\n",
    b"> " * 500,
    b"* " * 500,
    b"a" * 20_000,
    b"/ 0",
    b"{a.b} / ({a.b} - {a.b})",
    b"** 9999999",
    "½ ٣ ⁵ Ⅷ".encode(),
    b"between 5 and 3 per cent, minus -0, 1,23,4.5.6 %",
)
"""What is put in: bytes that are no text, numbers and dates that are none, nesting, marks of merges, code, and separators of tables."""

VALUES = (None, True, -1, 0, 10**30, 1.5, "", "x", [], {}, [[]], {"": None}, ["a", 1, None], "\ud800", "9999-12-31")
"""What takes the place of a value in JSON."""


def mutated(content, chance):
    """Return bytes with one to four changes, of a kind that suits JSON where it is JSON.

    Args:
        content: A good input.
        chance: A `random.Random`.
    """
    if content.lstrip()[:1] in (b"{", b"[") and chance.random() < 0.6:
        content = _other_value(content, chance)
        if chance.random() < 0.7:
            return content
    for _ in range(chance.choice((1, 1, 2, 4))):
        content = chance.choice(CHANGES)(content, chance)
    return content


def _other_value(content, chance):
    try:
        whole = json.loads(content)
    except (ValueError, RecursionError):
        return content
    places = list(_places(whole))
    if not places:
        return json.dumps(chance.choice(VALUES)).encode()
    holder, key = chance.choice(places)
    way = chance.randrange(3)
    if way == 0:
        holder[key] = chance.choice(VALUES)
    elif way == 1:
        del holder[key]
    else:
        holder[key] = [holder[key], holder[key]]
    return json.dumps(whole).encode()


def _places(node):
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in inner:
        yield node, key
        yield from _places(value)


def _span(content, chance, longest):
    start = chance.randrange(len(content) + 1)
    return start, min(len(content), start + chance.randrange(1, longest))


def _flip(content, chance):
    changed = bytearray(content or b"x")
    changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut_out(content, chance):
    start, end = _span(content, chance, 200)
    return content[:start] + content[end:]


def _cut_off(content, chance):
    return content[: chance.randrange(len(content) + 1)]


def _double(content, chance):
    start, end = _span(content, chance, 400)
    return content[:end] + content[start:end] * chance.choice((1, 2, 20)) + content[end:]


def _put_in(content, chance):
    place = chance.randrange(len(content) + 1)
    return content[:place] + chance.choice(PIECES) + content[place:]


def _put_over(content, chance):
    start, end = _span(content, chance, 40)
    return content[:start] + chance.choice(PIECES) + content[end:]


def _swap_lines(content, chance):
    lines = content.split(b"\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def _other_cell(content, chance):
    """Put a piece into the place of one cell of a table."""
    lines = content.split(b"\n")
    line = chance.randrange(len(lines))
    cells = lines[line].split(b",")
    cells[chance.randrange(len(cells))] = chance.choice(PIECES)
    lines[line] = b",".join(cells)
    return b"\n".join(lines)


CHANGES = (_flip, _cut_out, _cut_off, _double, _put_in, _put_in, _put_over, _swap_lines, _other_cell, _other_cell)
