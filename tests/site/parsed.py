"""The built pages as a parser reads them, each parsed once."""

import functools

from bs4 import BeautifulSoup


@functools.cache
def parsed(path):
    """Return a page of the site; all tests share it, so a test that changes it takes a copy."""
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
