"""What a signature costs: `python tests/benchmarks/countersigning.py` signs every linked sentence of a copy of the book and prints the seconds of each.

The machine's part is measured: from an answer until the next sentence can be read. The reader's part is reckoned from the words on the screen, at the
pace at which people read a text closely, for one more signer of the same team, who need not read again what is signed in a row of its own; how long a person took is printed by `evidence countersign` itself at the end of each round.
"""

import re
import shutil
import tempfile
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from evidence import paths
from evidence.signing.session import Round, Signer

LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
WORDS_A_SECOND = 4
"""Words a second of close reading, as studies of silent reading of English find it."""
DECIDING = 1.35 + 0.28
"""Seconds to decide and to press a key, as the keystroke-level model has them."""
BUDGET = 20


def shown(round_):
    """Return how many words must be read of what waits: the sentence, the quote of each record it links, and the cells that are not folded."""
    records = round_.basis()
    cells = [cell for record in records for _, cell in record["cells"]]
    quotes = [record["quote"] for record in records if not record["under"]]
    return len(" ".join([LINK.sub(r"\1", round_.waiting[0].text), *quotes, *cells]).split())


def main():
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "book"
        for name in ("data", "chapters"):
            shutil.copytree(paths.find_book() / name, book / name)
        shutil.copy(paths.find_book() / "_config.yml", book)
        began = perf_counter()
        round_ = Round(book, Signer("Benchmark", "same-team"))
        opened, waits, reading = perf_counter() - began, [], []
        while round_.waiting and round_.waiting[0].links:
            began = perf_counter()
            reading.append(shown(round_) / WORDS_A_SECOND + DECIDING)
            round_.sign("right")
            waits.append(perf_counter() - began)
    whole = [wait + read for wait, read in zip(waits, reading, strict=True)]
    print(f"{len(whole)} signatures; {opened:.1f} s until the first could be read")
    for name, values in (("waiting", waits), ("reading, reckoned", reading), ("both", whole)):
        print(f"{name:<18} median {median(values):>5.2f} s, 19 of 20 below {quantiles(values, n=20)[-1]:>5.2f} s")
    print(f"below {BUDGET} s: {sum(value < BUDGET for value in whole) / len(whole):.0%}")


if __name__ == "__main__":
    main()
