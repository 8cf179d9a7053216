"""Build a site again from an archive of its sources, by the engine of this machine."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from evidence import paths
from evidence.errors import EditionError
from evidence.ledger.archive import ENGINE, engine
from evidence.problems import NOWHERE, Problem
from evidence.programs import run_apart

_MOST_SECONDS = 1800
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)([^\n]*)", re.MULTILINE)


def rebuild(files: Mapping[str, bytes], built: Mapping[str, str], folder: Path, pdf: bool) -> Path:
    """Return the folder of the site that these sources give.

    The engine in the archive is not run: whoever proves a site trusts the engine of the own machine. The book's own package is run, and so are
    the cells of its chapters, as whenever a book is built.

    Args:
        files: The sources, by name.
        built: What the build was told beside them, as `sources.json` tells it.
        folder: An empty folder to work in.
        pdf: Whether the PDF is printed, where the site has one.

    Raises:
        EditionError: If nothing can be built of them, or not in half an hour.
    """
    if built["as_of"]:
        raise EditionError(
            f"the edition is one seen on {built['as_of']}. Prove the edition it was drawn from, then: evidence rerun --as-of"
        )
    book, site = folder / "book", folder / "site"
    for name, content in files.items():
        if not name.startswith(ENGINE):
            (book / name).parent.mkdir(parents=True, exist_ok=True)
            (book / name).write_bytes(content)
    printing = [] if not built["pdf"] else ["--pdf"] if pdf else ["--unprinted"]
    command = [sys.executable, "-m", "evidence.cli", "--book", str(book), "build", "--out", str(site), *printing]
    code, said = _run(command, _surroundings(book, built))
    if code:
        lines = [line.strip() for line in said.splitlines() if line.strip() and not line.startswith("ok ")]
        raise EditionError([Problem(NOWHERE, f"its sources do not build: {line}") for line in lines[:3]] or "its sources do not build.")
    return site


def _surroundings(book: Path, built: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a build: the book's own package before all others, then the engine that runs here."""
    code = [str(book / "lib"), str(paths.PACKAGE.parent), *filter(None, [os.environ.get("PYTHONPATH", "")])]
    told = {"EVIDENCE_SITE_URL": built["site_url"], "SOURCE_DATE_EPOCH": built["source_date_epoch"], "PYTHONPATH": os.pathsep.join(code)}
    kept = {name: text for name, text in os.environ.items() if not name.startswith("EVIDENCE_")}
    return kept | {name: text for name, text in told.items() if text} | {"NO_COLOR": "1"}


def _run(command: list[str], environment: dict[str, str]) -> tuple[int, str]:
    try:
        done = run_apart(command, environment, most_seconds=_MOST_SECONDS)
    except subprocess.TimeoutExpired:
        raise EditionError(f"its sources do not build within {_MOST_SECONDS // 60} minutes.") from None
    return done.returncode, done.stdout + done.stderr


def other_engine(files: Mapping[str, bytes]) -> list[str]:
    """Return the names of the files of the engine in which the one that has built a site differs from the one that runs here."""
    here = engine()
    there = {name: content for name, content in files.items() if name.startswith(ENGINE)}
    return sorted(name for name in here.keys() | there.keys() if here.get(name) != there.get(name))


def other_packages(files: Mapping[str, bytes]) -> list[str]:
    """Return the packages that are here in another version than the lock of a site names, each with both."""
    lock = files.get("requirements.txt", b"").decode(errors="replace")
    return list(_differing((name, pinned) for name, pinned, _ in _PINNED.findall(lock)))


def _differing(pinned: Iterable[tuple[str, str]]) -> Iterator[str]:
    wanted: dict[str, set[str]] = {}
    for name, wants in pinned:
        wanted.setdefault(name, set()).add(wants)
    for name, versions in wanted.items():
        try:
            here = version(name)
        except PackageNotFoundError:
            continue  # of another system or Python
        if here not in versions:
            yield f"{name} {here} here, {' or '.join(sorted(versions))} in the lock"
