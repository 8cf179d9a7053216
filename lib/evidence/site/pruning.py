"""Takes out of the built site what no page uses: rules of the theme's style sheets, and files that come with it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

STYLES = ("styles/pydata-sphinx-theme.css", "styles/sphinx-book-theme.css")
"""Style sheets of the theme, under `_static`; ours hold nothing to spare."""

UNUSED = (
    "**/*.map",
    "scripts/fontawesome.js*",
    "scripts/bootstrap.js*",
    "scripts/sphinx-book-theme.js",
    "vendor",
    "locales",
    "images",
    "styles/theme.css",
    "basic.css",
    "searchtools.js",
    "language_data.js",
    "sphinx_highlight.js",
    "*thebe*",
    "*copybutton*",
    "clipboard.min.js",
    "check-solid.svg",
    "mystnb.*.css",
    "file.png",
    "minus.png",
    "plus.png",
    "sbt-webpack-macros.html",
    "webpack-macros.html",
    "__pycache__",
)
"""Files and folders under `_static` that nothing on the site refers to."""

_RULE = re.compile(r"\s*((?:[^{}\"']|\"[^\"]*\"|'[^']*')*?)([{};])")
_PARTING = bytes(code if chr(code).isalnum() or code in b"-_" else ord(" ") for code in range(128)) + b" " * 128
"""What parts the words of a file in UTF-8 becomes a space, and so do letters that are not of the Latin alphabet of 26."""
_BEFORE_WORD = "-0123456789"
"""With what no word that names a class begins."""
_CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")


def connect(app: Sphinx) -> None:
    """Make no index for the stock search, which nothing of the site asks; prune once every page is written, after all other files are in place."""
    app.connect("builder-inited", _load_no_index)
    app.connect("doctree-resolved", _index_nothing)
    app.connect("build-finished", _prune, priority=950)


def _load_no_index(app: Sphinx) -> None:
    """Let Sphinx look for no index of an earlier build, whose lack it would warn of where a page alone is built."""
    app.builder.load_indexer = lambda _names: None  # type: ignore[attr-defined]


def _index_nothing(app: Sphinx, *_page: Any) -> None:
    """Take away the indexer, which Sphinx makes when it begins to write, before a page is given to it."""
    app.builder.indexer = None  # type: ignore[attr-defined]


def _prune(app: Sphinx, failure: Exception | None) -> None:
    if failure or app.builder.format != "html":
        return
    site, static = Path(app.outdir), Path(app.outdir) / "_static"
    _remove(static)
    (site / ".buildinfo").unlink(missing_ok=True)  # for a build that goes on with an earlier one; it differs by machine
    words = used_words([*site.rglob("*.html"), *static.rglob("*.js")])
    for name in STYLES:
        sheet = static / name
        if sheet.exists():
            sheet.write_text(pruned(sheet.read_text(encoding="utf-8"), words), encoding="utf-8")


def _remove(static: Path) -> None:
    for pattern in UNUSED:
        for path in sorted(static.glob(pattern)):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def used_words(files: list[Path]) -> set[str]:
    """Return every word of the files that could name a class; a class that a script gives stands in the script as a word."""
    words: set[bytes] = set()
    for path in files:
        words.update(path.read_bytes().translate(_PARTING).split())
    return {word.decode("ascii").lstrip(_BEFORE_WORD) for word in words}


def pruned(style: str, words: set[str]) -> str:
    """Return a style sheet without comments, fonts, and rules for classes that are not among the words in use.

    Args:
        style: A style sheet, as the theme ships it.
        words: What `used_words` found.

    Example:
        >>> pruned("a{color:red} .map,.b .c{top:0} @media print{.d{top:0}} /* x */ .b:not(.e){top:1px}", {"b", "map"})
        'a{color:red}.map{top:0}.b:not(.e){top:1px}'
    """
    text = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    return _rules(text, 0, words)[0]


def _rules(text: str, start: int, words: set[str]) -> tuple[str, int]:
    """Return the kept rules from a position to the end of their block, and where that is."""
    kept: list[str] = []
    position = start
    while match := _RULE.match(text, position):
        head, position = match[1], match.end()
        if match[2] == "}":
            return "".join(kept), position
        if match[2] == ";":
            kept.append(f"{head};" if head else "")
            continue
        inner, position = _block(text, head, position, words)
        kept_head = head if head.startswith("@") else _selectors(head, words)
        if inner and kept_head and not head.startswith("@font-face"):
            kept.append(f"{kept_head}{{{inner}}}")
    return "".join(kept), len(text)


def _block(text: str, head: str, start: int, words: set[str]) -> tuple[str, int]:
    """Return what stands in a block, pruned if it holds rules, and where it ends."""
    if head.startswith(("@media", "@supports", "@layer")):
        return _rules(text, start, words)
    depth, position = 1, start
    while depth:
        depth += {"{": 1, "}": -1}.get(text[position], 0)
        position += 1
    return text[start : position - 1].strip(), position


def _selectors(head: str, words: set[str]) -> str:
    """Return those selectors of a rule whose classes are all in use; a class that must be absent need not be."""
    chosen = [selector for selector in _split(head) if set(_CLASS.findall(re.sub(r":not\([^()]*\)", "", selector))) <= words]
    return ",".join(chosen)


def _split(head: str) -> list[str]:
    """Return the selectors of a list, which are parted by commas outside of brackets."""
    return [part.strip() for part in re.split(r",(?![^()]*\))", head)]
