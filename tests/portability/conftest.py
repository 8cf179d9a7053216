"""What the tests of portability share: a folder with the chapters and nothing of ours around them, and no network."""

import os
import shutil

import pytest

from evidence import paths

NOWHERE = "http://127.0.0.1:9"
"""The discard port, on which nothing listens: a request that is made fails at once."""


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """A folder with the chapters and the two files that describe the book."""
    folder = tmp_path_factory.mktemp("portable") / "book"
    shutil.copytree(paths.chapters_dir(), folder / "chapters", ignore=shutil.ignore_patterns(".*"))
    for name in ("_config.yml", "_toc.yml"):
        shutil.copy2(paths.ROOT / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def offline(tmp_path_factory):
    """Environment of a program that reaches no network and has an empty home."""
    proxies = {name: NOWHERE for low in ("http_proxy", "https_proxy", "all_proxy") for name in (low, low.upper())}
    return {
        **os.environ,
        **proxies,
        "no_proxy": "",
        "NO_PROXY": "",
        "npm_config_registry": NOWHERE,
        "HOME": str(tmp_path_factory.mktemp("home")),
    }
