"""Words that stand for something are declared once: put a test here when another file than Python's has to know one of them."""

import re

from evidence.audit import DOUBTED, SEVERITY, SHOWN
from evidence.catalog.declaration import SCHEMES, STRENGTHS
from evidence.paths import ROOT
from evidence.site.machine.claim_reviews import RANKS
from evidence.statements import read_blocks

STATIC = ROOT / "lib" / "evidence" / "site" / "static"
CLAIMS = {"holds", "broken"}
"""States of a claim, which are painted like verdicts."""


def painted(file, pattern):
    return set(re.findall(pattern, (STATIC / file).read_text(encoding="utf-8")))


def test_the_style_sheets_paint_no_verdict_that_does_not_exist_and_all_that_are_doubted():
    words = painted("evidence.css", r"\.verdict-([\w-]+)") | painted("ledger.css", r"\.verdict-([\w-]+)")
    assert words <= {word.replace(" ", "-") for word in (*SEVERITY, *SHOWN)} | CLAIMS
    assert set(DOUBTED) <= words
    assert painted("cards.css", r"a\.figure\.([\w-]+)") & set(SEVERITY) == set(DOUBTED)


def test_every_doubted_verdict_has_a_rank_for_search_engines():
    assert set(DOUBTED) == set(RANKS) & set(SEVERITY)


def test_the_scripts_of_the_pages_hold_no_list_of_their_own():
    texts = {file.name: file.read_text(encoding="utf-8") for file in STATIC.glob("*.js")}
    arrays = [(name, set(re.findall(r'"([^"]*)"', array))) for name, text in texts.items() for array in re.findall(r"\[[^\[\]]*\]", text)]
    assert ("ledger.js", {"kind", "safe", "verdict", "source", "chapter", "place", "freshness"}) in arrays
    lists = [set(words) for words in (SEVERITY, SHOWN, SCHEMES, STRENGTHS, DOUBTED)]
    assert [(name, array) for name, array in arrays if any(words <= array for words in lists)] == []


def test_a_sentence_is_the_same_to_the_form_and_to_what_is_told_of_it():
    text = "Demos asked [500](figure:sample.size) firms, e.g. Smith Ltd. in York. They (Dr. A. Hill wrote it down. Twice.) met. Most did."
    (block,) = read_blocks(text)
    plain = text.replace("[500](figure:sample.size)", "500")
    parts = [block.sentence(plain.index(word)) for word in ("500", "Ltd", "York", "Twice", "met", "Most")]
    first, second = "Demos asked 500 firms, e.g. Smith Ltd. in York.", "They (Dr. A. Hill wrote it down. Twice.) met."
    assert parts == [first, first, first, second, second, "Most did."]
