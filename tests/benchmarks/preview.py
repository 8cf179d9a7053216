"""How long `evidence preview` takes from a save to the page that shows it: the median of twenty saves, and the longest.

Each save changes the words around a number, after which the cells are run anew beside; every fourth breaks the number. A copy of the book is used.
"""

import http.client
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

from evidence import paths

SAVES = 20
CHAPTER = "coordination"
BOUND = "[96%](figure:sme.coordination.missing-any)"


def copied(folder):
    """Copy the book and return the folder of the copy."""
    for name in ("chapters", "data"):
        shutil.copytree(paths.ROOT / name, folder / name)
    for name in ("_config.yml", "_toc.yml", "CITATION.cff"):
        shutil.copy2(paths.ROOT / name, folder)
    return folder


def page_of(address):
    """Return the page as it is served now."""
    connection = http.client.HTTPConnection(address.netloc)
    connection.request("GET", address.path)
    return connection.getresponse().read().decode()


def seconds(page, text, told, address, words):
    """Return how long it takes until a save is shown."""
    beside = page.with_name(".new")
    beside.write_text(text, encoding="utf-8")
    begun = time.perf_counter()
    beside.replace(page)
    for line in told:
        if line.startswith(b"data: ") and words in page_of(address):
            return time.perf_counter() - begun
    raise RuntimeError("the preview has ended")


def main():
    """Print the median and the longest of the saves."""
    with tempfile.TemporaryDirectory() as name:
        book = copied(Path(name))
        command, environment = [sys.executable, "-m", "evidence.cli", "preview", CHAPTER], {**os.environ, paths.VARIABLE: str(book)}
        begun = time.perf_counter()
        process = subprocess.Popen(command, cwd=book, env=environment, stdout=subprocess.PIPE, text=True)
        try:
            address = urlsplit(process.stdout.readline().split()[0])
            print(f"the first page after {time.perf_counter() - begun:.1f} s", flush=True)
            connection = http.client.HTTPConnection(address.netloc)
            connection.request("GET", "/-/changes")
            told, page, took = connection.getresponse(), book / "chapters" / f"{CHAPTER}.ipynb", []
            text = page.read_text(encoding="utf-8")
            for number in range(SAVES):
                words = "saved " + "again and " * number + "again"
                bound = BOUND.replace("96", "79") if number % 4 == 1 else BOUND
                took.append(seconds(page, text.replace(BOUND, f"Now {words}: {bound}", 1), told, address, words + ":"))
        finally:
            process.send_signal(signal.SIGINT)
            process.wait()
    print(f"a save is shown after {statistics.median(took):.2f} s, the median of {len(took)}; the longest took {max(took):.2f} s")


if __name__ == "__main__":
    main()
