"""What must be mended, marked at its words: signs that stand in the prose while the page is made, and the marks they become in its HTML."""

from __future__ import annotations

import re
from collections.abc import Sequence

from evidence.markup import Html, html, joined
from evidence.problems import Problem

_OPEN, _CLOSE = 0xF0000, "\U0010fffd"
"""Signs of the private use area: one that opens for each problem, and one that closes."""

_SIGN = re.compile("[\U000f0000-\U0010ffff]")
_PIECE = re.compile(r"<[^>]*>|[\U000f0000-\U0010ffff]|[^<\U000f0000-\U0010ffff]+")
_LINK = re.compile(r"\]\([^)\s]*\)")
_MARKUP = re.compile(r"\s*(?:(?:#+|>|[-*+]|\d+[.)])\s+)*")
_ARTICLE, _END = '<article class="bd-article">', "</article>"

_STYLE = """<style>
.preview { border: 2px solid currentColor; border-radius: .4rem; padding: .6rem 1rem; margin: 0 0 1.5rem; font-size: .9rem; }
.preview p { margin: 0; font-weight: 600; }
.preview ol { margin: .5rem 0 0; }
mark.to-mend { background: #ffd54a; color: #1b1b1b; text-decoration: underline wavy #b3261e; }
mark.to-mend a { color: inherit; }
</style>"""

_SCRIPT = """<script>
(function () {
  var box = document.querySelector(".preview"), status = box.querySelector("[role=status]"), text = status.textContent;
  status.textContent = "";
  requestAnimationFrame(function () { status.textContent = text; });
  new EventSource("/-/changes").onmessage = function (told) { if (told.data !== box.dataset.version) location.reload(); };
})();
</script>"""


def cleaned(text: str) -> str:
    """Return a text without the signs that this module uses."""
    return _SIGN.sub("", text)


def signed(source: str, problems: Sequence[tuple[int, Problem, bool]]) -> str:
    """Return the prose of a cell with a sign before and after the words of each problem.

    Args:
        source: Markdown without signs.
        problems: Number, problem, and whether the link it is about leads anywhere; a link that does not is shown as text.
    """
    lines = source.split("\n")
    spans = sorted(
        ((problem.place.line, *_span(problem, lines), number, leads) for number, problem, leads in problems if problem.place.line),
        reverse=True,
    )
    before = (len(lines) + 1, 0)
    for line, start, end, number, leads in spans:
        if start < end and (line, end) <= before:
            text, before = lines[line - 1], (line, start)
            words = text[start:end] if leads else re.sub(r"^\[(.*)\]\([^)]*\)$", r"\1", text[start:end])
            lines[line - 1] = f"{text[:start]}{chr(_OPEN + number)}{words}{_CLOSE}{text[end:]}"
    return "\n".join(lines)


def _span(problem: Problem, lines: list[str]) -> tuple[int, int]:
    """Return where the words of a problem begin and end in their line: a whole link, or the line where nothing closer is known."""
    line = lines[problem.place.line - 1] if problem.place.line <= len(lines) else ""
    if not problem.column:
        return (0, 0) if line.lstrip().startswith(("|", "`", ":")) else (_MARKUP.match(line).end(), len(line.rstrip()))  # type: ignore[union-attr]
    start, end = problem.column - 1, problem.end_column - 1
    after = _LINK.match(line, end)
    return (start - 1, after.end()) if after and line[start - 1 : start] == "[" else (start, end)


def shown(html: str, problems: Sequence[Problem], state: str, version: int) -> str:
    """Return a page of the site as the preview shows it: the signs as marks, and above the text what must be mended.

    Args:
        html: The page, with signs.
        problems: What must be mended, by the numbers of the signs.
        state: What is said of the cells, such as that they are being run; may be empty.
        version: Number of this state of the page.
    """
    head, article, rest = html.partition(_ARTICLE)
    body, end, foot = rest.partition(_END)
    marked = _marked(body, problems)
    return cleaned(head) + article + _box(problems, state, version, marked) + marked + _SCRIPT + end + cleaned(foot)


def _marked(body: str, problems: Sequence[Problem]) -> str:
    """Return HTML with its signs as marks, one for each piece of text, so that no mark reaches over the end of an element."""
    made, number, seen = [], -1, set[int]()
    for piece in _PIECE.findall(body):
        if _SIGN.match(piece):
            number = ord(piece) - _OPEN if piece != _CLOSE and ord(piece) - _OPEN < len(problems) else -1
        elif piece.startswith("<"):
            made.append(cleaned(piece))
        elif number < 0 or not piece.strip():
            made.append(piece)
        else:
            name = "" if number in seen else html(' id="to-mend-{}"', number)
            seen.add(number)
            mark = '<mark class="to-mend"{} title="{}" aria-describedby="what-{}">{}</mark>'
            made.append(html(mark, name, problems[number].told, number, Html(piece)))
    return "".join(made)


def _box(problems: Sequence[Problem], state: str, version: int, marked: str) -> str:
    count = f"{len(problems)} to mend." if problems else "Nothing to mend."
    entries = joined(_entry(number, problem, marked) for number, problem in enumerate(problems))
    words = html('<p role="status">Preview. {} {}</p>{}', count, state, html("<ol>{}</ol>", entries) if entries else "")
    box = '{}<section class="preview" aria-label="Preview" data-version="{}">{}</section>'
    return str(html(box, Html(_STYLE), version, words))


def _entry(number: int, problem: Problem, marked: str) -> Html:
    here = f'id="to-mend-{number}"' in marked
    place = html('<a href="#to-mend-{}">{}</a>', number, problem.place) if here else problem.place
    first, last = problem.marked
    parts = (problem.sentence[:first], problem.sentence[first:last], problem.sentence[last:])
    sentence = html(" <q>{}<strong>{}</strong>{}</q>", *parts) if problem.sentence else ""
    return html('<li id="what-{}">{}: {}{}</li>', number, place, problem.told, sentence)
