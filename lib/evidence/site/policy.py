"""A strict Content-Security-Policy on every page: it runs and shows what the site was built with, and nothing that got into it later.

Scripts and styles come from files of the site. The few that stand in the pages themselves are named by their hash; nothing is evaluated from text,
no other site is asked, and no page is framed in. It is written into the pages, so that it holds for those that are opened from a disk, too.
"""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from sphinx.application import Sphinx

from evidence.markup import html

DIRECTIVES = {
    "default-src": "'none'",
    "script-src": "'self' file:",
    "style-src": "'self' file:",
    "img-src": "'self' file: data:",
    "font-src": "'self' file:",
    "connect-src": "'self'",
    "form-action": "'self' file:",
    "base-uri": "'none'",
}
"""What a page may load and do. On a disk a page is of no site, so for some browsers no file is its own: there `file:` names them, and for a page from
a server no browser loads any. Pictures in the text of a page, `data:`, are those of the icon."""

LAST = 990
"""Place of this part: after all that writes or changes pages."""

_CHARSET = re.compile(r'<meta charset="[^"]*" ?/?>', re.IGNORECASE)
_WITHIN = re.compile(r"<(script|style)\b([^>]*)>(.*?)</\1>", re.DOTALL | re.IGNORECASE)
_DATA = re.compile(r"""\btype=["'](?:application/(?:ld\+)?json)["']""")
_ELSEWHERE = re.compile(r"\bsrc=")


def connect(app: Sphinx) -> None:
    """Write the policy into each page once all pages are there."""
    app.connect("build-finished", _secure, priority=LAST)


def _secure(app: Sphinx, failure: Exception | None) -> None:
    if failure or app.builder.format != "html":
        return
    for page in Path(app.outdir).rglob("*.html"):
        with page.open(encoding="utf-8", newline="") as stream:
            text = stream.read()
        page.write_text(secured(text), encoding="utf-8", newline="")


def secured(page: str) -> str:
    """Return the HTML of a page with its policy, as the first thing after the name of its characters.

    Example:
        >>> print(secured('<meta charset="utf-8"><title>Bread</title>')[:75])
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="
    """
    found = _CHARSET.search(page)
    if not found:
        return page
    told = html('<meta http-equiv="Content-Security-Policy" content="{}">', policy(page))
    return f"{page[: found.end()]}\n{told}{page[found.end() :]}"


def policy(page: str) -> str:
    """Return the policy of a page: what every page may do, and the hashes of the scripts and styles that stand in it.

    Example:
        >>> policy("<script>1</script>").split("; ")[1]
        "script-src 'self' file: 'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='"
    """
    own: dict[str, dict[str, None]] = {"script": {}, "style": {}}
    for kind, attributes, text in _WITHIN.findall(page):
        if not _DATA.search(attributes) and not _ELSEWHERE.search(attributes):
            own[kind.lower()][f"'sha256-{digest(text)}'"] = None
    hashes = {f"{kind}-src": " ".join(found) for kind, found in own.items()}
    return "; ".join(f"{name} {allowed} {hashes.get(name, '')}".rstrip() for name, allowed in DIRECTIVES.items())


def digest(text: str) -> str:
    """Return the hash by which a browser knows a script or style, which reads every end of a line as one sign."""
    return b64encode(sha256(text.replace("\r\n", "\n").replace("\r", "\n").encode()).digest()).decode()
