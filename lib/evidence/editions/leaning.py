"""Files of an edition that say what they said in an earlier one: they lean on that, and hold of their own only what is the edition's.

A page that is the same but for the names of its edition is put together in the browser from the earlier page; without scripts, or from a disk, it leads
there, part by part, so that each address goes on. One that differs in whole parts alone, such as the entries of numbers, holds these, to be read by
anybody, and leads to the others. The file of a figure names the earlier file for the fields that it has not. What leans is never
guessed: a file does only where the earlier one gives it again byte by byte, and it tells the hash of what it must give.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from evidence.editions import lines
from evidence.editions.deltas import delta, patched
from evidence.editions.earlier import Archived, in_folder
from evidence.editions.shelf import KEPT, LEDGER, MANIFEST, dense
from evidence.ledger.archive import ABOUT
from evidence.ledger.single import LEANING, SHORT
from evidence.ledger.succession import FATES
from evidence.markup import Html, html, joined
from evidence.parsing import parse_json

SCRIPT = "_static/again.js"
"""File of an edition whose pages lean: what puts them together, and which names stand for which."""

_PAGES = ("search.html", "chapters/*.html", "charts/*.html")
_FIGURES = "figures/*.json"
_LISTS = (MANIFEST, ABOUT)
"""What of an edition lies where: told as what is other in it than in the list of an earlier edition."""
_SWAPPED = (LEDGER, "data/datapackage.json", "datapackage.json")
"""Kept files that hold the name of the edition; a page that only leads there says the same."""
_FONT = re.compile(r"_static/fonts/(?!.*italic).*\.woff2")
_OF_STATE = ("state", "successor", "reason", "changes")
"""What a newer edition writes into the file of a figure."""
_OWN = re.compile(r'<script type="application/json" id="evidence-again">(.*?)</script>', re.DOTALL)
_NOTICE = re.compile(r"(<!--newer-edition-->)(.*?)(<!--/newer-edition-->)", re.DOTALL)
_FATE = re.compile(r"(<!--fate (\S+?)-->)(.*?)(<!--/fate-->)", re.DOTALL)
_NEWER = re.compile(f"({re.escape(FATES.partition('null')[0])})(.*?)(</script>)", re.DOTALL)
_HEAD = re.compile(
    r'<meta http-equiv="Content-Security-Policy"[^>]*>|<title>.*?</title>|<link rel="canonical"[^>]*>|<link rel="icon"[^>]*>|<meta name="(?:robots|citation_\w+)"[^>]*>',
    re.DOTALL,
)
_TITLE = re.compile(r"<h1>(.*?)(?:<a class=\"headerlink\".*?)?</h1>", re.DOTALL)
_ARTICLE = re.compile(r"<article.*?</article>", re.DOTALL)
_GAIN = 2
"""How many times longer a page must be than what stands for it, where that has parts of its own: most of it is to be read in one place."""
_UNSEEN = re.compile(r"<(svg|script)\b.*?</\1>", re.DOTALL)


def lean(folder: Path, record: Mapping[str, str], earlier_of: Callable[[str], Iterable[Archived]]) -> None:
    """Let each file of an edition lean that says what it said in an earlier one.

    Args:
        folder: The edition's folder.
        record: Its name and date.
        earlier_of: Returns the editions on which a file may lean, by its name, in the order in which they are tried.
    """
    leaner = _Leaner(in_folder(record, folder))
    for name in (*_named(folder), *(name for name in _LISTS if (folder / name).is_file())):
        own = (folder / name).read_text(encoding="utf-8")
        made = next((text for earlier in earlier_of(name) if (text := leaner.leaning(name, own, earlier))), own)
        if len(made) < len(own):
            (folder / name).write_text(made, encoding="utf-8")
    if leaner.swaps:
        (folder / SCRIPT).parent.mkdir(exist_ok=True)
        (folder / SCRIPT).write_text(_script(leaner.swaps, leaner.fonts()), encoding="utf-8")


def restore(folder: Path, record: Mapping[str, str], edition_of: Callable[[str], Archived]) -> dict[str, str]:
    """Write each file of an edition that leans as a whole again, and return the name of the edition each leaned on, by its own.

    Args:
        folder: The edition's folder.
        record: Its name and date.
        edition_of: Returns an edition by its name.

    Raises:
        ValueError: If an earlier file gives another than the one that leans on it tells.
    """
    found = {}

    def whole(name: str, make: Callable[[str, str, Archived], str]) -> None:
        own = (folder / name).read_text(encoding="utf-8")
        if base := leans_on(name, own):
            (folder / name).write_text(make(name, own, edition_of(base)), encoding="utf-8")
            found[name] = base

    for name in (name for name in _LISTS if (folder / name).is_file()):
        whole(name, _whole_list)
    leaner = _Leaner(in_folder(record, folder))
    for name in _named(folder):
        whole(name, leaner.whole)
    (folder / SCRIPT).unlink(missing_ok=True)
    return found


def leans_on(name: str, text: str) -> str:
    """Return the name of the edition on which a file leans; empty for one that is whole.

    Example:
        >>> leans_on("figures/pay.json", '{"rest":"../../2026-04-30-aaaa/figures/pay.json"}'), leans_on("figures/pay.json", "{}")
        ('2026-04-30-aaaa', '')
    """
    try:
        told = _told_own(name, text)
    except ValueError:
        return ""
    return str(told.get("from", "")).removesuffix(name).rstrip("/").rpartition("/")[2]


def _told_own(name: str, text: str) -> dict[str, Any]:
    """Return what a file that leans says of its own, where it leans under `from`; nothing for one that is whole."""
    if name.endswith(".json"):
        record = parse_json(text)
        return {**record, "from": record[LEANING]} if isinstance(record, dict) and LEANING in record else {}
    found = _OWN.search(text)
    return {**parse_json(found[1]), "own": lines.marked_in(text)} if found else {}


def _named(folder: Path) -> Iterator[str]:
    for pattern in (*_PAGES, _FIGURES):
        yield from (file.relative_to(folder).as_posix() for file in sorted(folder.glob(pattern)))


class _Leaner:
    """The files of an edition, and those of earlier editions on which they lean.

    Args:
        own: The edition.

    Attributes:
        swaps: Of each edition on which a page leans, by name, which words stand here for which there.
    """

    def __init__(self, own: Archived) -> None:
        self._own, self._kept = own, own.kept
        self._swaps: dict[str, list[tuple[str, str]]] = {}
        self.swaps: dict[str, list[tuple[str, str]]] = {}

    def leaning(self, name: str, own: str, earlier: Archived) -> str:
        """Return the text of a file that leans on an earlier edition; empty where that does not give it again."""
        there = earlier.text(name)
        if not there or leans_on(name, there) or earlier.name == self._own.name:
            return ""
        if name in _LISTS:
            return _leaning_list(name, own, there, earlier)
        if name.endswith(".json"):
            return self._leaning_record(name, own, there, earlier)
        if made := self._leaning_page(name, own, there, earlier):
            self.swaps[earlier.name] = self._words(earlier)
        return made

    def _leaning_page(self, name: str, own: str, there: str, earlier: Archived) -> str:
        base, plain = _saying(self._swapped(there, earlier), _UNTOLD), _saying(own, _UNTOLD)
        if (found := lines.differing(base, plain)) is None:
            return ""
        own_lines = [_saying(line, _tellings(own)) for line in found.own]
        made = _leading_page(name, own, self._own, earlier, replace(found, own=own_lines))
        short = not found.parts or len(made) * _GAIN <= len(own)
        return made if short and self._page(there, _told_own(name, made), earlier) == own else ""

    def whole(self, name: str, own: str, earlier: Archived) -> str:
        """Return the whole text of a file that leans."""
        told = _told_own(name, own)
        there = earlier.text(name)
        if name.endswith(".json"):
            made = dense(self._record(there, told, earlier))
            plain = dense(self._record(there, {}, earlier))
        else:
            made = self._page(there, told, earlier)
            plain = self._page(there, {**told, **_UNTOLD}, earlier)
        if _digest(plain) != told["hash"]:
            raise _other(name, earlier)
        return made

    def fonts(self) -> list[str]:
        """Return where the fonts of the first lines are, seen from the script."""
        return [f"../../../{KEPT}/{kept}" for name, kept in sorted(self._kept.items()) if _FONT.fullmatch(name)]

    def _leaning_record(self, name: str, own: str, there: str, earlier: Archived) -> str:
        record = parse_json(own)
        told = {field: record[field] for field in _OF_STATE if field in record}
        if not set(SHORT) <= set(record) or self._record(there, told, earlier) != record:
            return ""
        short = {field: record[field] for field in (*SHORT, *told)}
        kept = {LEANING: f"../../{earlier.name}/{name}", "hash": _digest(dense(self._record(there, {}, earlier)))}
        return dense(short | kept | {"schema_version": 2})

    def _record(self, there: str, told: Mapping[str, Any], earlier: Archived) -> Any:
        """Return the record of a figure as an earlier edition gives it, with what a newer one says of it."""
        plain: dict[str, Any] = {"state": "current", "successor": None, "reason": "", "changes": []}
        kept = {field: told[field] for field in _OF_STATE if field in told}
        given: Any = parse_json(self._swapped(there, earlier))
        return given | (plain | kept)

    def _page(self, there: str, told: Mapping[str, Any], earlier: Archived) -> str:
        text = self._swapped(there, earlier)
        if parts := told.get("lines"):
            text = lines.put_together(_saying(text, _UNTOLD), parts, told["own"])
        return _saying(text, told)

    def _swapped(self, text: str, earlier: Archived) -> str:
        for then, now in self._words(earlier):
            text = text.replace(then, now)
        return text

    def _words(self, earlier: Archived) -> list[tuple[str, str]]:
        """Return which words stand in this edition for which in an earlier one."""
        if earlier.name not in self._swaps:
            then, now = earlier.kept, self._kept
            files = [(then[name], now[name]) for name in _SWAPPED if name in then and name in now]
            words = zip(_names_of(earlier.record), _names_of(self._own.record), strict=True)
            self._swaps[earlier.name] = [pair for pair in (*words, *files) if pair[0] != pair[1]]
        return self._swaps[earlier.name]


_UNTOLD: Mapping[str, Any] = {"notice": "", "fates": {}, "newer": "null"}
"""What a page says of newer editions while there is none."""


def _leaning_list(name: str, own: str, there: str, earlier: Archived) -> str:
    pieces = json.loads(delta(there.encode(), own.encode()))
    return dense({LEANING: f"../{earlier.name}/{name}", "hash": _digest(own), "pieces": pieces})


def _whole_list(name: str, own: str, earlier: Archived) -> str:
    made = patched(earlier.text(name).encode(), json.dumps(parse_json(own)["pieces"]).encode()).decode()
    if _digest(made) != parse_json(own)["hash"]:
        raise _other(name, earlier)
    return made


def _other(name: str, earlier: Archived) -> ValueError:
    return ValueError(f"{name} leans on the edition {earlier.name}, where that file is another by now")


def _saying(page: str, told: Mapping[str, Any]) -> str:
    """Return a page that says of newer editions what is told, and nothing else."""
    text = _NOTICE.sub(lambda found: found[1] + told["notice"] + found[3], page)
    text = _FATE.sub(lambda found: found[1] + told["fates"].get(found[2], "") + found[4], text)
    return _NEWER.sub(lambda found: found[1] + told["newer"] + found[3], text)


def _names_of(edition: Mapping[str, str]) -> tuple[str, ...]:
    """Return the words by which a page names its edition: its name, and its day where that is the day of the edition."""
    name, iso = edition["name"], edition["date"]
    day = date.fromisoformat(iso)
    words = f"{day.day} {day:%B %Y}"
    return (
        name,
        *(f"<dt>Edition{end}<dd>{words}<" for end in ("", "</dt>")),
        f">Edition of {words}",
        f'_date" content="{iso.replace("-", "/")}"',
        f'"dateModified":"{iso}","datePublished":"{iso}"',
        f'"dateModified":"{iso}"',
        f'"date":"{iso}","edition"',
        f'"edition":{{"date":"{iso}"',
    )


def _tellings(page: str) -> dict[str, Any]:
    """Return what a page says of newer editions."""
    notice, newer = _NOTICE.search(page), _NEWER.search(page)
    fates = {found[2]: found[3] for found in _FATE.finditer(page) if found[3]}
    return {"notice": notice[2] if notice else "", "fates": fates, "newer": newer[2] if newer else "null"}


def _leading_page(name: str, own: str, edition: Archived, earlier: Archived, found: lines.Differing) -> str:
    """Return the page that stands for one that leans: what it is, where its words are, the parts it has of its own, and each of its other anchors."""
    up = "../" * (1 + name.count("/"))
    there = f"{up}{earlier.name}/{name}"
    told = _tellings(own)
    made = {"lines": found.parts} if found.parts else {}
    data = dense({"from": there, "hash": _digest(_saying(own, _UNTOLD)), **told, **made}).strip().replace("<", "\\u003c")
    head = joined((Html(tag[0]) for tag in _HEAD.finditer(own.partition("</head>")[0])), "\n")
    title = _TITLE.search(own)
    return str(
        html(
            '<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8">\n{}\n'
            '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">\n'
            '<script type="application/json" id="evidence-again">{}</script>\n<script src="{}{}" data-from="{}"></script></head>\n'
            "<body><main><!--newer-edition-->{}<!--/newer-edition--><h1>{}</h1>\n<p>{}</p>\n{}<ul>{}</ul></main></body></html>\n",
            *(head, Html(data), up.removeprefix("../"), SCRIPT, earlier.name, Html(told["notice"])),
            *(Html(title[1]) if title else name, _leading(edition.record["date"], earlier.record["date"], there, found)),
            *(Html(lines.marked(found.own)), joined(_anchors(own, there, told["fates"], set(lines.ANCHOR.findall("".join(found.own)))))),
        )
    )


def _leading(day: str, before: str, there: str, found: lines.Differing) -> Html:
    """Return the sentences that lead from a page to that on which it leans."""
    said = "In this edition, of {}, this page says what it says in the edition of {}{}{}: " + '<a href="{}">read {} there</a>.'
    gone = joined((html("<code>{}</code>", Html(name)) for name in found.gone), ", ")
    without = html(", and without {}, which that has", gone) if found.gone else ""
    own = ", but for the parts that follow" if found.own else ""
    return html(said, day, before, own, without, there, "the others" if found.parts else "it")


def _anchors(page: str, there: str, fates: Mapping[str, str], here: Set[str]) -> Iterator[Html]:
    """Yield each anchor of a page that is not here, which leads to the same in another, with what became of its record."""
    article = _ARTICLE.search(_UNSEEN.sub("", page))
    for name in (name for name in dict.fromkeys(lines.ANCHOR.findall(article[0] if article else "")) if name not in here):
        yield html(
            '<li id="{0}"><a href="{1}#{0}">{0}</a>{2}\n',
            Html(name),
            there,
            Html(fates.get(name) or fates.get(name.replace("-", ":", 1), "")),
        )


def _script(swaps: Mapping[str, list[tuple[str, str]]], fonts: list[str]) -> str:
    code = (Path(__file__).parent / "static" / "again.js").read_text(encoding="utf-8")
    return f"globalThis.evidenceSwaps = {json.dumps(swaps, ensure_ascii=False, sort_keys=True)};\nglobalThis.evidenceFonts = {json.dumps(fonts)};\n{code}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
