"""How many bytes an edition adds to a published tree that changes ten figures, by part.

The book as it is comes first; then the book on data in which ten figures are another, evenly taken from those that chapters state. Give a folder to
keep what was built, which a second run takes as it is, and after it a source to take all ten from that, or a number to begin with a later figure.
"""

import collections
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from evidence import editions, paths
from evidence.catalog import schema
from evidence.catalog.rows import read_table, write_rows
from evidence.editions import leaning

CHANGED = 10
SIMPLE = re.compile(r"(\d{1,2})%")


def changed(folder, of=""):
    """Write an overlay in which ten figures are another percent, of a source where one is named, as a next release would bring them; return the folder."""
    rows = [row for row in read_table(paths.ROOT / "data", schema.FIGURES) if SIMPLE.fullmatch(row["stated"]) and not row["category"]]
    written = "".join(page.read_text(encoding="utf-8") for page in sorted((paths.ROOT / "chapters").glob("*.ipynb")))
    quoted = {row["id"]: row for row in rows if row["quote"] and f"(figure:{row['id']})" in written}
    stated = [row for row in quoted.values() if of.isdigit() or of in ("", row["source"])]
    stated = stated[int(of) :] + stated[: int(of)] if of.isdigit() else stated
    names = schema.FIGURES.names
    chosen = [stated[place * len(stated) // CHANGED] for place in range(CHANGED)]
    (folder / "figures").mkdir(parents=True)
    for source in dict.fromkeys(row["source"] for row in chosen):
        of_source = [[_another(row)[name] for name in names] for row in chosen if row["source"] == source]
        write_rows(folder / "figures" / f"{source}.csv", [names, *of_source])
    print("changed: " + ", ".join(row["id"] for row in chosen), flush=True)
    return folder


def _another(row):
    value = f"{(int(row['value']) + 1) % 100}"
    quote = "FICTIONAL, made up to measure by: {0}% of those asked in the next release."
    return row | {
        "value": value,
        "stated": f"{value}%",
        "quote": quote.format(value),
        "as_of": "2026-11-28",
        "locator": "Fictional next release",
    }


def run(*words):
    """Run a command of the engine; a sentence that awaits its author is no fault."""
    done = subprocess.run([sys.executable, "-m", "evidence.cli", *words], cwd=paths.ROOT, capture_output=True, text=True, check=False)
    if done.returncode > 1 or not done.stdout:
        raise SystemExit(f"{words[0]}: {(done.stdout + done.stderr)[-3000:]}")
    return done


def built(folder, of=""):
    """Return the sites of both editions, built where they are not there."""
    first, second = folder / "first", folder / f"editions{of}"
    if not first.exists():
        run("build", "--out", first)
    if not second.exists():
        run("rerun", "--data", changed(folder / f"overlay{of}", of), "--site", "--out", second)
    return first, next(path.parent for path in second.rglob("ledger.json") if (path.parent / "chapters" / "index.html").exists())


def sizes(tree, name):
    """Return the bytes below a tree by part: those in the folder of an edition, and what is kept for all."""
    found = {path.relative_to(tree).as_posix(): path.stat().st_size for path in tree.rglob("*") if path.is_file()}
    return {file: size for file, size in found.items() if file.startswith((f"editions/{name}/", "kept/"))}


def _size(tree):
    return sum(path.stat().st_size for path in tree.rglob("*") if path.is_file())


def part(file, name):
    """Return the part of an edition that a file counts to, and how it is kept."""
    own = file.removeprefix(f"editions/{name}/")
    head = own.split("/")[0] if "/" in own else own
    return f"kept {Path(file).name.rpartition('.')[2]}" if own.startswith("kept/") else head


def whole_pages(folder):
    """Return in words how many pages of an edition are written whole, with the largest of them, and how many lean on an earlier edition."""
    pages = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("chapters/*.html")}
    whole = {name: len(text.encode()) for name, text in pages.items() if not leaning.leans_on(f"chapters/{name}", text)}
    largest = ", ".join(f"{name} {size / 1e3:.0f} kB" for name, size in sorted(whole.items(), key=lambda page: -page[1])[:5])
    return f"{len(whole)} pages below chapters/ are whole, {sum(whole.values()) / 1e6:.3f} MB ({largest}); {len(pages) - len(whole)} lean."


def main():
    """Print what the second edition adds."""
    with tempfile.TemporaryDirectory() as made:
        first, second = built(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(made), "".join(sys.argv[2:3]))
        tree = Path(made) / "public"
        (one,) = editions.publish(first, tree)
        before, small = set(sizes(tree, one["name"])), _size(tree)
        two = editions.publish(second, tree)[-1]
        added = {file: size for file, size in sizes(tree, two["name"]).items() if file not in before}
        parts = collections.Counter()
        for file, size in added.items():
            parts[part(file, two["name"])] += size
        for name, size in parts.most_common():
            print(f"{size / 1e6:8.3f} MB  {name}")
        print(f"{whole_pages(tree / 'editions' / two['name'])}")
        whole = sum(added.values())
        print(f"{whole / 1e6:8.3f} MB  added by {two['name']} in {len(added):,} files")
        print(
            f"{(_size(tree) - small) / 1e6:8.3f} MB  by which the tree has grown, with what older editions tell of it, and the newest at the root"
        )


if __name__ == "__main__":
    main()
