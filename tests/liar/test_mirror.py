"""The mirror of the lies: what is true raises no alarm, in the book and in bulletins that were not written for the rules."""

import json
import re
from collections import defaultdict
from pathlib import Path

import pytest
from needs import BULLETINS
from whole import LIBRARY

from evidence import paths
from evidence.catalog import Library, schema
from evidence.catalog.rows import FILE, ROW
from evidence.gates import read_book
from evidence.problems import Place
from evidence.quantity import parse
from evidence.statements import library_prose, read_blocks
from evidence.statements.checking import check_passages
from evidence.statements.pages import Passage

LINKED = re.compile(r"\[([^\]]+)\]")
AT_MOST = 0.01
"""Share of the sentences of bulletins that may raise an alarm."""


def named(number):
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


def figures_of(sentence, place):
    """Return figures for the marked numbers of a sentence, each with the sentence for its quote, and the sentence with links to them."""
    cells = {column.name: "" for column in schema.table("figures").columns}
    plain, figures, ids = LINKED.sub(r"\1", sentence), [], []
    for order, text in enumerate(LINKED.findall(sentence)):
        stated = parse(text)
        anchor = stated.anchor if stated.anchor.denominator != 1 else stated.anchor.numerator
        ids.append(f"bulletin.{named(place)}.{named(order)}")
        told = {"source": "demos", "quote": plain, "stated": text, "value": str(anchor), "unit": stated.unit, "as_of": "2026-01-01"}
        figures.append(cells | told | {"id": ids[-1], FILE: "figures.csv", ROW: 2})
    order = iter(ids)
    return figures, LINKED.sub(lambda match: f"[{match[1]}](figure:{next(order)})", sentence)


def alarms(sentences):
    """Return what the rules tell of sentences whose marked numbers are linked to records that quote them."""
    found = [figures_of(sentence, place) for place, sentence in enumerate(sentences)]
    rows = {"figures": [figure for figures, _ in found for figure in figures], "sources": LIBRARY.all_rows("sources")}
    library = Library({table.name: rows.get(table.name, []) for table in schema.tables()})
    passages = [Passage("page", Place("chapters/page.md"), block) for _, linked in found for block in read_blocks(linked)]
    return [str(problem) for passage in passages for problem in check_passages([passage], library).faults]


def test_bulletins_of_our_own_making_raise_no_alarm():
    sentences = (Path(__file__).parent / "bulletins.md").read_text(encoding="utf-8").splitlines()
    assert len(sentences) >= 20
    assert alarms(sentences) == []


@pytest.mark.needs("bulletins")
def test_public_bulletins_raise_hardly_any_alarm():
    marked = defaultdict(list)
    for line in (BULLETINS / "quantities.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if not readable(row["as_written"]) or "[" in row["sentence"]:
            continue
        marked[row["sentence"]].append((row["start"], row["end"]))
    sentences = [marked_up(sentence, sorted(spans)) for sentence, spans in marked.items()]
    assert len(sentences) > 100
    told = alarms(sentences)
    assert len(told) <= AT_MOST * len(sentences), "\n".join(told)


def readable(text):
    """Return whether a number reads as one, and not as a range."""
    try:
        return not parse(text).ends
    except Exception:
        return False


def marked_up(sentence, spans):
    """Return a sentence with brackets around its numbers."""
    for start, end in reversed(spans):
        sentence = f"{sentence[:start]}[{sentence[start:end]}]{sentence[end:]}"
    return sentence


def test_the_true_book_raises_no_alarm_and_needs_few_rows_to_say_what_words_mean():
    passages = [*read_book(paths.chapters_dir()), *library_prose(LIBRARY)]
    assert len(passages) > 2000
    assert check_passages(passages, LIBRARY).problems == []
    assert len(LIBRARY.rows("synonyms")) <= 20
    assert len(LIBRARY.rows("scopes")) <= len({passage.page for passage in passages})
