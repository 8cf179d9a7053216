"""The pages of a built site: what each shows, and the drawings it fetches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, Tag

from evidence.gates.shown.blocks import ShownBlock, elements, heading_of, parsed, read_shown
from evidence.problems import Place, Problem

ALL = slice(None)
"""Every page, in order."""

_FRAMES = ("iframe", "frame", "object", "embed", "video", "audio", "canvas", "base", "template", "picture")
_PICTURES = ("img", "image")
_NOT_READ_HERE = frozenset((*_FRAMES, *_PICTURES))
_UNREAD = "Show it as a drawing that lies beside the pages, as text, or take it out."


@dataclass(slots=True)
class BuiltPage:
    """One page of a built site.

    Attributes:
        path: Its file, relative to the site.
        whole: The parsed page.
        elements: All elements of it, in order.
        blocks: All it shows, drawings included, in order.
        faults: What it shows that cannot be read.
    """

    path: str
    whole: BeautifulSoup = field(repr=False)
    elements: list[Tag] = field(repr=False)
    blocks: list[ShownBlock] = field(default_factory=list, repr=False)
    faults: list[Problem] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Name of the page, of a chapter the chapter's."""
        return Path(self.path).stem

    @property
    def text(self) -> str:
        """The words of its article, in lower case."""
        return " ".join((self.whole.find("article") or self.whole).get_text().lower().split())


def read_pages(site: Path, but: Path | None = None, share: slice = ALL) -> Iterator[BuiltPage]:
    """Yield every page that a site holds, whether anything leads to it or not, by name.

    Args:
        site: Folder of the site.
        but: A folder in it whose pages are read in another way.
        share: Which of the pages.
    """
    for file in sorted(path for path in site.rglob("*.html") if path.parent != but)[share]:
        whole = parsed(file.read_text(encoding="utf-8"))
        page = BuiltPage(file.relative_to(site).as_posix(), whole, elements(whole), read_shown(whole))
        for tag in page.elements:
            if tag.name in _NOT_READ_HERE:
                _take_in(page, tag, file)
        yield page


def _take_in(page: BuiltPage, tag: Tag, file: Path) -> None:
    """Add what a drawing says to what its page shows, or the fault that it cannot be read."""
    address = str(tag.get("src") or tag.get("href") or tag.get("xlink:href") or "")
    parts = urlsplit(address)
    drawing = file.parent / unquote(parts.path)
    if (
        tag.name in _PICTURES
        and not (parts.scheme or parts.netloc or "srcset" in tag.attrs)
        and drawing.suffix == ".svg"
        and drawing.is_file()
    ):
        blocks = read_shown(parsed(drawing.read_text(encoding="utf-8")))
        page.blocks += [ShownBlock(heading_of(tag), f"drawing {drawing.name}, {block.what}", block.text, block.parts) for block in blocks]
    else:
        place = Place(page.path, name=heading_of(tag))
        page.faults.append(Problem(place, f"<{tag.name}> shows {address[:80] or 'something'}, which nothing reads.", _UNREAD))
