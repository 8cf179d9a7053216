"""Characters that a reader cannot see, or that mean another thing than they seem to: none has a place in the data library."""

from __future__ import annotations

import re
import unicodedata

_BLANK_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0") | {
    chr(code) for code in (*range(0x180B, 0x1810), *range(0xFE00, 0xFE10))
}
"""Letters and marks that show nothing, though Unicode does not count them among the formats."""
_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
"""Categories of characters that show nothing: controls, formats such as the zero-width and right-to-left ones, and what has no meaning."""
_PLAIN = re.compile(r"[\x20-\x7e]*")
_CALLED = {"\t": "a tab", "\n": "a line break", "\r": "a line break", "\x85": "a line break", "\xad": "a soft hyphen"}


def misleading(text: str) -> str:
    """Return what the first character is called that cannot be seen, or is a digit of another script; empty where there is none.

    Example:
        >>> misleading("8\u200b2%"), misleading("\u0668"), misleading("caf\u00e9, \u00a32")
        ('zero width space (U+200B)', 'arabic-indic digit eight (U+0668)', '')
    """
    return (
        ""
        if _PLAIN.fullmatch(text)
        else next((_called(one) for one in text if not one.isascii() or one < " " or one == "\x7f" if _odd(one)), "")
    )


def turned(text: str) -> str:
    """Return what the first letter is called that is read from right to left, which would show the words around it in another order."""
    return "" if text.isascii() else next((_called(one) for one in text if unicodedata.bidirectional(one) in ("R", "AL")), "")


def blank(text: str) -> str:
    """Return what the first blank is called that only looks like the one of the space bar: such words are not the same to a machine.

    Example:
        >>> blank("West\u00a0Hill"), blank("West Hill")
        ('no-break space (U+00A0)', '')
    """
    return "" if text.isascii() else next((_called(one) for one in text if _is_blank(one)), "")


def shown(text: str) -> str:
    """Return a text with each character that cannot be seen as its number, so that a message shows where it stands.

    Example:
        >>> shown("8\u200b2%"), shown("5\u00a0km")
        ('8<U+200B>2%', '5<U+00A0>km')
    """
    return "".join(f"<U+{ord(one):04X}>" if _is_blank(one) or (_odd(one) and not one.isdigit()) else one for one in text)


def _is_blank(one: str) -> bool:
    return one != " " and unicodedata.category(one) == "Zs"


def _odd(one: str) -> bool:
    category = unicodedata.category(one)
    return category in _HIDDEN or one in _BLANK_LETTERS or (category == "Nd" and not one.isascii())


def _called(one: str) -> str:
    name = _CALLED.get(one) or unicodedata.name(one, "a character without a name").lower()
    return f"{name} (U+{ord(one):04X})"
