"""Where a sentence of Markdown ends: careful with abbreviations, initials, links, code, quotations and brackets."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

# fmt: off
ABBREVIATIONS = frozenset((
    "al", "approx", "art", "c", "ca", "cf", "ch", "co", "corp", "dept", "dr", "e.g", "ed", "eds", "eg", "est", "etc", "fig", "figs",
    "hon", "i.e", "ie", "inc", "jr", "ltd", "mr", "mrs", "ms", "no", "nos", "p", "para", "pp", "prof", "rev", "sec", "sr", "st", "v",
    "vol", "vols", "vs",
))
# fmt: on
"""Words before a full stop that does not end a sentence, in lower case and without that stop."""

_END = re.compile(r"""(?P<stop>(?<![.!?…])[.!?…]++)(?P<closing>["'”’»)\]*_]*+)(?:\s*\n\s*(?=\S)|\s+(?=`|["'“‘«(\[*_!]*[A-Z0-9£$€À-Þ]))""")
_WHOLE = re.compile(
    r"""
      (?<!`)(?P<ticks>`++).*?(?<!`)(?P=ticks)(?!`)          # code
    | !?\[ (?: \\. | [^\[\]\\] | \[[^\[\]]*\] )* \] (?: \([^()]*(?:\([^()]*\)[^()]*)*\) | \[[^\[\]]*\] )?   # a link, an image, a footnote's mark
    | <[^<>\s][^<>]*>                                       # an address
    | "[^"]*" | “[^”]*” | «[^»]*»                           # a quotation
    | \( (?: [^()] | \([^()]*\) )* \)                       # an aside
    """,
    re.VERBOSE | re.DOTALL,
)
_BLOCK = re.compile(
    r"\d{1,9}[.)](?:\s|$)|[-+*](?:\s|$)|#{1,6}(?:\s|$)|[>|%]|\([^)]*\)=|\[\^?[^\]]*\]:|\$\$|```|~~~|:::|\+\+\+|---|===|</?[a-zA-Z!]"
)
_LINE_END = re.compile(r" *\n *")
_LONGEST_WORD = 100
"""Characters before a stop in which the word it belongs to is looked for."""
_WORD = re.compile(r"[\w.'’]+$")


def sentences(paragraph: str) -> list[str]:
    """Return the sentences of a paragraph of Markdown, each on one line.

    A stop inside a link, code, a quotation or brackets ends nothing. Where it is in doubt whether one ends a sentence, the author's line end
    decides: two sentences on one line stay there.

    Args:
        paragraph: Inline Markdown, on one line or several.

    Example:
        >>> sentences("Demos asked [500](figure:n) firms, e.g. Smith Ltd. in York. They said: 'We know.' Then they left.")
        ['Demos asked [500](figure:n) firms, e.g. Smith Ltd. in York.', "They said: 'We know.'", 'Then they left.']
    """
    return [_LINE_END.sub(" ", paragraph[start:end]) for start, end in spans(paragraph)]


@lru_cache(maxsize=64)
def spans(paragraph: str) -> tuple[tuple[int, int], ...]:
    """Return where each sentence of a paragraph begins and ends, without the space after it; what `sentences` gives.

    Example:
        >>> spans("One is here.  Two.")
        ((0, 12), (14, 18))
    """
    ends = list(_ends(paragraph))
    starts = [0, *ends]
    whole = ((start, start + len(paragraph[start:end].rstrip())) for start, end in zip(starts, ends, strict=False))
    return (*whole, (starts[-1], len(paragraph)))


def _ends(paragraph: str) -> Iterator[int]:
    stops = list(_END.finditer(paragraph))
    closed = [match.span() for match in _WHOLE.finditer(paragraph)] if stops else []
    for match in stops:
        before = bisect_right(closed, (match.start("stop"), len(paragraph))) - 1
        inside = before >= 0 and match.end() <= closed[before][1]
        if not (inside or _abbreviated(paragraph, match) or _BLOCK.match(paragraph, match.end())):
            yield match.end()


def _abbreviated(paragraph: str, match: re.Match[str]) -> bool:
    """Whether a stop belongs to the word before it: an abbreviation, an initial, or dots that leave something out."""
    if match["stop"] != ".":
        return match["stop"].endswith(("..", "…"))
    found = _WORD.search(paragraph, max(0, match.start("stop") - _LONGEST_WORD), match.start("stop"))
    word = found[0] if found else ""
    initial = len(word) == 1 and word.isupper() and word != "I"
    return initial or word.lower() in ABBREVIATIONS or bool(re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", word))
