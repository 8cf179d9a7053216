"""Read a published site from the web, file by file."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from evidence.errors import RefreshError
from evidence.refresh.transport import Limits, NotThereError, fetch

_LIMITS = Limits(total_seconds=60, size=64 * 2**20, encrypted=False, declared="as you typed it")


def web_site(address: str) -> Callable[[str], bytes | None]:
    """Return what reads a file of a site by its name: its bytes, or None where the site has none of this name.

    Args:
        address: Address of the site, without a query. That it is encrypted is not asked for: what comes is compared with what its sources give.

    Raises:
        RefreshError: When it is called, if the site cannot be reached, sends us elsewhere, or sends more than a site holds.
    """
    base = address.removesuffix("index.html").rstrip("/")
    if not address.isprintable() or any(sign in address for sign in "?# "):
        raise RefreshError(f"{address!r}: no address of a site. Name it as https://example.org/report/")

    def read(name: str) -> bytes | None:
        try:
            return fetch(f"{base}/{quote(name)}", "*/*", _LIMITS).body
        except NotThereError:
            return None

    return read
