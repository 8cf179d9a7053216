"""How much of what people entered from the sources `evidence read` proposes, how much of it is right, and how long it takes.

The texts of the sources are in no repository: SOURCES names a folder that holds them, as `evidence verify --sources` takes it. A proposal is held
against the record that stands at its place in the text. A population is right when its words and the record's share one that tells; a place or a
period when it is the record's own, or when the words it is from stand in the record's quote and the record leaves its cell empty.
"""

from __future__ import annotations

import os
import re
import resource
import time
from collections import Counter
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from evidence.catalog import load
from evidence.catalog.periods import read_period
from evidence.catalog.verify import Text, normalise
from evidence.catalog.verify.formats import read_text
from evidence.editions.pdf import find_browser
from evidence.quantity import to_fraction
from evidence.reading import Given, Proposed, proposals
from evidence.reading.naming import telling

Row = dict[str, str]
ABOUT = ("population", "place", "period")
_TARGETS = {"proposed": 98, "stated": 99, "value": 99, "unit": 99, "quote": 99, **dict.fromkeys(ABOUT, 99)}


def truth(rows: list[Row], text: Text) -> list[tuple[int, int, Row]]:
    """Return where each record of a source stands in its text: the next place of its quote, since a record is one place."""
    taken: Counter[tuple[str, str, str]] = Counter()
    found = []
    for row in rows:
        quote, stated = normalise(row["quote"]), normalise(row["stated"])
        key = row["id"], quote, stated
        for start, _ in islice(text.occurrences(quote), taken[key], taken[key] + 1):
            found.append((start + quote.find(stated), start + quote.find(stated) + len(stated), row))
        taken[key] += 1
    return found


def fitting(made: list[Proposed], low: int, high: int, row: Row) -> Proposed | None:
    """Return the proposal at the place of a record; of a range the one of its own end."""
    there = [one for one in made if one.span[0] < high and low < one.span[1]]
    same_end = [one for one in there if one.cells["id"].rpartition(".")[2] == row["id"].rpartition(".")[2]]
    return next(iter([*same_end, *there]), None)


def right(name: str, cells: Row, row: Row, words: str) -> bool:
    """Return whether a cell of a proposal is right, or blank where it may be."""
    got, wanted = cells[name], row[name]
    if name == "stated":
        return (own := normalise(got)) in (said := normalise(wanted)) or said in own
    if name == "unit":
        return got == wanted
    if name == "value":
        return bool(got) and to_fraction(got) == to_fraction(wanted)
    if name == "quote":
        return len(got) <= 300 and got.count(normalise(cells["stated"])) == 1
    if not got or got == wanted:
        return True
    if name == "population":
        said = " ".join(row[column] for column in ("population", "category", "place", "note", "id"))
        return bool({word[:5] for word in telling(got)} & {word[:5] for word in telling(re.sub(r"[.-]", " ", said))})
    if name == "period" and (ours := read_period(got)) and (theirs := read_period(wanted.partition(",")[0])):
        return (not wanted and words in row["quote"]) or (ours.start, ours.end) == (theirs.start, theirs.end)
    return not wanted and words in row["quote"]


def report(key: str, seed: Path, shown: bool) -> Counter[str]:
    """Print what one source gives, and return its counts."""
    library = load()
    rows = [row for row in library.all_rows("figures") if row["source"] == key and row["quote"]]
    began, text = time.process_time(), read_text(seed)
    made = proposals(text, Given(places=frozenset(row["place"] for row in library.all_rows("place-sets"))))
    seconds = time.process_time() - began
    exempt = [span for row in library.all_rows("not-evidence") if row["source"] == key for span in text.occurrences(normalise(row["text"]))]
    records, counts = truth(rows, text), Counter(words=len(text.plain.split()), records=len(rows))
    there = [row for _, _, row in records]
    print(*(f"  not in the text as read: {row['id']}" for row in rows if row not in there), sep="\n")
    for low, high, row in records:
        one = fitting(made, low, high, row)
        if not one or one.reason:
            print(f"  not proposed: {row['id']} {row['stated']!r} {one.reason if one else ''}")
            continue
        counts["proposed"] += 1
        for name in ("stated", "value", "unit", "quote", *ABOUT, "direction"):
            counts[f"{name} given"] += bool(one.cells[name])
            counts[name] += (
                ok := right(name, one.cells, row, one.words.get(name, "")) if name != "direction" else one.cells[name] == row[name]
            )
            if not ok and shown:
                print(f"  {name}: {row['id']}: {one.cells[name]!r} for {row[name]!r}\n      {one.cells['quote'][:240]}")
    met = [one for one in made if any(one.span[0] < high and low < one.span[1] for low, high, _ in records)]
    kept = [one for one in made if not one.reason]
    nothing = [one for one in kept if one not in met]
    counts.update({"kept": len(kept), "excused": len(made) - len(kept), "nothing": len(nothing)})
    counts["declared"] = sum(any(a <= one.span[0] and one.span[1] <= b for a, b in exempt) for one in nothing)
    if shown:
        print(*(f"  nothing: {one.cells['stated']!r}: {one.passage}" for one in nothing), sep="\n")
    print(f"{key}: {counts['words']} words in {seconds:.1f} s of processor; {dict(counts)}")
    counts["milliseconds"] = int(seconds * 1000)
    return counts


def converted(folder: Path, suffix: str, into: Path) -> Path:
    """Write the texts of a folder as web pages or PDF into another, under their names, and return that.

    Args:
        folder: Folder of texts in Markdown.
        suffix: `.html` or `.pdf`; a PDF is printed by the browser that the tests use.
        into: Folder to write.
    """
    from markdown_it import MarkdownIt

    render = MarkdownIt("commonmark", {"html": True}).enable("table").render
    pages = {path.stem: f'<meta charset="utf-8"><body>{render(path.read_text(encoding="utf-8"))}' for path in folder.glob("*.txt")}
    for stem, page in pages.items():
        (into / f"{stem}.html").write_text(page, encoding="utf-8")
    if suffix == ".pdf":
        from playwright.sync_api import sync_playwright

        with sync_playwright() as started:
            sheet = started.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"]).new_page()
            for stem in pages:
                sheet.goto((into / f"{stem}.html").as_uri())
                sheet.pdf(path=into / f"{stem}.pdf", format="A4")
    return into


def main() -> None:
    """Print the shares of all sources whose texts are at hand, as text, web page and PDF, beside what is wanted."""
    folder = Path(os.environ["SOURCES"])
    for suffix in (".txt", ".html", ".pdf"):
        with TemporaryDirectory() as made:
            print(f"\n# As {suffix}")
            measure(folder if suffix == ".txt" else converted(folder, suffix, Path(made)), suffix)


def measure(folder: Path, suffix: str) -> None:
    """Print the shares of all sources whose texts are in a folder.

    Args:
        folder: Folder of the texts.
        suffix: Ending of their names.
    """
    library = load()
    total: Counter[str] = Counter()
    for row in library.rows("sources"):
        if row["seed"] and (text := (folder / row["seed"]).with_suffix(suffix)).is_file():
            total += report(row["id"], text, bool(os.environ.get("SHOWN")))
    print(f"\n{total['records']} records")
    for name, wanted in _TARGETS.items():
        of = total["records"] if name == "proposed" else total["proposed"]
        given = f"; given for {total[f'{name} given']}" if name in ABOUT else ""
        print(f"{name}: {total[name] / of:.1%} (wanted {wanted}%){given}")
    print(f"direction as entered: {total['direction'] / total['proposed']:.1%}")
    print(f"proposals that are nothing: {total['nothing'] / total['kept']:.1%} of {total['kept']} (wanted at most 10%)")
    pages = total["words"] / 500
    print(
        f"{total['milliseconds'] / pages * 40 / 1000:.1f} s of processor for forty pages; {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"
    )


if __name__ == "__main__":
    main()
