"""Countersignatures in the little book: who signed what, what voids it, what is told. Put a test here when it is about `evidence countersign`."""

import csv
import json
import os
import re
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from command import evidence

from evidence import paths
from evidence.catalog import load
from evidence.catalog.rows import csv_text, read_rows
from evidence.catalog.schema import COUNTERSIGNED, FIGURES, FINDINGS, SAFE_WORDS
from evidence.gates import run_gates
from evidence.refactor import changed_book, rename
from evidence.signing import Signatures, carry, items, share_of
from evidence.signing.serving import ServedRound
from evidence.signing.session import Round, Signer, said_in
from evidence.signing.signatures import signed

PAGE, TODAY = "who-bakes", "2026-11-28"


@pytest.fixture(autouse=True)
def same_day(monkeypatch):
    """Let it be the same day all through a test, as it is not to anybody who signs about midnight."""
    monkeypatch.setattr("evidence.signing.session.date", SimpleNamespace(today=lambda: date.fromisoformat(TODAY)))


def sign(book, *keys, by="A. Reader", who="outside", page=PAGE):
    done = evidence("--book", book, "countersign", page, "--by", by, "--as", who, typed="".join(f"{key}\n" for key in keys))
    assert done.code == 0, done.printed + done.complained
    return done


def found(book):
    return items(load(book / "data"), book / "chapters")


def holding(book):
    """What is signed and holds, as its text without links."""
    signatures = Signatures(load(book / "data"))
    return {re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", item.text) for item in found(book) if signatures.of(item)}


def linked(book, page=PAGE):
    return [item for item in found(book) if item.page == page and item.links]


def rewrite(book, old, new, file=f"chapters/{PAGE}.ipynb"):
    path = book / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def all_signed(little_book):
    """The little book with every linked sentence of a page signed."""
    sign(little_book, *["r"] * len(linked(little_book)))
    assert len(holding(little_book)) == len(linked(little_book)) > 1
    return little_book


def test_a_page_without_signatures_says_so_and_who_signs_counts_apart(little_book):
    there = len(linked(little_book))
    listed = evidence("--book", little_book, "countersign", "--list").printed
    assert f"{PAGE}: of {there} signed by author 0, same-team 0, outside 0, machine 0" in listed
    sign(little_book, "r", "q")
    sign(little_book, "r", "r", "q", by="The author", who="author")
    share = share_of(found(little_book), Signatures(load(little_book / "data")))[PAGE]
    assert (share.linked, share.signed) == (there, {"outside": 1, "author": 2})


def test_each_answer_is_written_at_once_and_only_what_is_unsigned_is_asked_again(little_book):
    first, second, *_ = linked(little_book)
    sign(little_book, "s", "r", "q")
    assert [row["hash"] for row in Signatures(load(little_book / "data")).rows] == [second.hash]
    again = sign(little_book, "q")
    assert f"{len(found_on(little_book)) - 1} waiting" in again.printed
    assert first.text.split()[0] in again.printed


def test_what_rests_on_many_words_is_signed_and_the_table_stays_in_order(little_book):
    """A signature keeps all cells under a sentence, which are longer together than any cell of the library may be."""
    for path in (little_book / "data" / "figures").glob("*.csv"):
        names, *rows = read_rows(path, path.name, FIGURES.names)
        at = names.index("population")
        asked = [[*row[:at], f"{row[at]}, asked {'again ' * 200}at home", *row[at + 1 :]] for row in rows]
        path.write_text(csv_text([names, *asked]), encoding="utf-8", newline="")
    sign(little_book, *["r"] * len(linked(little_book)))
    assert max(len(row["basis"]) for row in Signatures(load(little_book / "data")).rows) > 2000
    assert [gate.green for gate in run_gates(little_book / "data", little_book / "chapters") if gate.name == "data library"] == [True]


def found_on(book, page=PAGE):
    return {item.hash for item in found(book) if item.page == page}


def test_what_is_wrong_is_red_until_it_is_mended(little_book):
    assert all(gate.green for gate in run_gates(little_book / "data", little_book / "chapters"))
    sign(little_book, "w", "bakers, not bakeries", "q")
    (gate,) = [gate for gate in run_gates(little_book / "data", little_book / "chapters") if gate.name == "countersigned"]
    (problem,) = gate.problems
    assert "A. Reader found it wrong" in problem.message
    assert "bakers, not bakeries" in problem.message
    assert problem.place.file == f"chapters/{PAGE}.ipynb"


def test_a_sentence_that_judges_without_a_link_stands_once_somebody_else_has_signed_it(little_book):
    """The rule `unlinked` asks for a link or a signature; that of the author is none, and one to other words is none."""
    judging = "Nobody in Hillford bakes at home."
    rewrite(little_book, "Whether anybody bakes at home.", f"Whether anybody bakes at home. {judging}")

    def red():
        gates = run_gates(little_book / "data", little_book / "chapters")
        return [problem.rule for gate in gates for problem in gate.problems if problem.rule]

    assert red() == ["unlinked"]
    keys = ["r" if item.text == judging else "s" for item in waiting(little_book)]
    sign(little_book, *keys, by="The author", who="author")
    assert red() == ["unlinked"]
    sign(little_book, *keys)
    assert red() == []
    rewrite(little_book, judging, judging.replace("Nobody", "Everybody"))
    assert red() == ["unlinked"]


def waiting(book, page=PAGE):
    """What of a page waits for a signer, in order."""
    return Round(book, Signer("Somebody new", "outside"), page).waiting


def test_moving_and_formatting_void_nothing(all_signed):
    before = holding(all_signed)
    path = all_signed / "chapters" / f"{PAGE}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    prose = [cell for cell in notebook["cells"] if cell["cell_type"] == "markdown"]
    for cell in prose:
        cell["source"] = ["".join(cell["source"]).replace(".\n", ". ").replace("\n\n", "\n\n\n")]
    notebook["cells"] = [*prose[1:], *[cell for cell in notebook["cells"] if cell not in prose], prose[0]]
    path.write_text(json.dumps(notebook), encoding="utf-8")
    shutil.move(path, path.with_name("elsewhere.ipynb"))
    assert holding(all_signed) == before


def test_another_word_number_or_quote_voids_what_rests_on_it_and_nothing_else(all_signed):
    before = holding(all_signed)
    item = linked(all_signed)[0]
    figure = next(called for called, table, _ in item.records if table.name == "figures")
    file = next((all_signed / "data" / "figures").glob("*.csv"))
    for file in (all_signed / "data" / "figures").glob("*.csv"):
        rows = read_rows(file, file.name, load_names())
        for row in rows[1:]:
            if row[0] == figure:
                row[rows[0].index("population")] = "somebody else"
        file.write_text(csv_text(rows), encoding="utf-8")
    resting = {entry.text for entry in linked(all_signed) if figure in [called for called, _, _ in entry.records]}
    assert len(before - holding(all_signed)) == len(resting) <= 5
    void = Signatures(load(all_signed / "data")).void(found(all_signed))
    was = [Signatures.was(entry, void) for entry in linked(all_signed) if entry.text in resting]
    assert {one.changed for one in was} == {("source",)}


def test_what_was_signed_is_shown_beside_what_it_is_now_and_the_rest_is_folded(all_signed):
    item = next(item for item in linked(all_signed) if len({called for called, _, _ in item.records}) > 1)
    called = next(called for called, table, _ in item.records if table.name == "figures")
    others = {name for name, _, _ in item.records} - {called}
    for file in (all_signed / "data" / "figures").glob("*.csv"):
        rows = read_rows(file, file.name, load_names())
        for row in (row for row in rows[1:] if row[0] == called):
            was, row[rows[0].index("period")] = row[rows[0].index("period")], "summer 1999"
        file.write_text(csv_text(rows), encoding="utf-8")
    round_ = Round(all_signed, Signer("A. Reader", "outside"), PAGE)
    shown = {record["called"]: record for record in round_.basis()}
    assert shown[called]["changed"] == [("period", [("gone", was), ("added", "summer 1999")] if was else [("added", "summer 1999")])]
    assert all(shown[other]["same"] and not shown[other]["changed"] for other in others)
    told = sign(all_signed, "q").printed
    assert f"{sorted(others)[0]}: as it was" in told
    assert "summer 1999" in told
    assert "as it was" not in sign(all_signed, "a", "q").printed.split("all it rests on")[-1]


def test_a_figure_shows_how_it_is_stated_of_somebody_else_as_well(little_book):
    """The bread of all is told of households elsewhere in the report: who signs a sentence on it sees both, told apart by whom they are about."""
    path = little_book / "data" / "figures" / "hillford.csv"
    first = next(line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("bread.local,"))
    elsewhere = first.replace("Of all who were asked, 60% buy", "Among households 60% buy").replace("people who were asked", "households")
    path.write_text(path.read_text(encoding="utf-8") + elsewhere + "\n", encoding="utf-8")
    told, names = [], ("stated elsewhere", "its words there")
    round_ = Round(little_book, Signer("A. Reader", "outside"), PAGE)
    while round_.waiting:
        for record in round_.basis():
            told += [(record["called"], name, cell) for name, cell in (*record["cells"], *record["folded"]) if name in names]
        round_.skip()
    assert set(told) == {
        ("bread.local", "stated elsewhere", "60%, households"),
        ("bread.local", "its words there", "Among households 60% buy bread from a baker in town."),
    }


def test_what_a_quote_says_is_not_said_again_beside_it_and_its_number_is_marked_there(little_book):
    path = little_book / "data" / "figures" / "hillford.csv"
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    row = next(row for row in rows if row["id"] == "bread.local")
    row |= {
        "quote": f"{row['stated']} of grown people, in Hillford, said so.",
        "population": "grown people; asked by post",
        "place": "Hillford",
    }
    path.write_text(csv_text([list(row), *(one.values() for one in rows)]), encoding="utf-8")
    shown = [basis["bread.local"] for item in linked(little_book) if "bread.local" in (basis := basis_of(little_book, item))]
    assert shown
    for record in shown:
        assert ("population", "asked by post") in record["cells"]
        assert not {"stated", "place", "category"} & dict(record["cells"]).keys()
        assert {("population", "grown people; asked by post"), ("stated", row["stated"]), ("place", "Hillford")} <= set(record["folded"])
        assert record["quote"].startswith(record["number"])


def basis_of(book, item):
    """What an item rests on as it is shown, by what each record is called."""
    round_ = Round(book, Signer("A. Reader", "outside"))
    round_.waiting = [item]
    return {record["called"]: record for record in round_.basis()}


def test_a_record_that_the_sentence_before_rests_on_too_is_folded_but_for_its_number(little_book):
    link = next(item for item in linked(little_book) if len(item.links) == 1 and item.links[0][0] == "figure")
    words = re.search(r"\[[^\]]*\]\(figure:[^)]*\)", link.text)[0]
    rewrite(
        little_book,
        json.dumps(link.text, ensure_ascii=False)[1:-1],
        json.dumps(f"{link.text} It was {words} again.", ensure_ascii=False)[1:-1],
    )
    round_ = Round(little_book, Signer("A. Reader", "outside"), PAGE)
    while round_.waiting[0].text != link.text:
        round_.skip()
    (first,) = round_.basis()
    round_.skip()
    (again,) = round_.basis()
    assert (first["again"], again["again"], again["quote"]) == (False, True, "")
    assert [name for name, _ in again["cells"]] == ["stated"]
    assert ("quote", first["quote"]) in again["folded"] if first["quote"] else again["folded"]


@pytest.fixture
def worded(little_book):
    """The little book with the linked words of its claim declared; and the sentence that links them."""
    declared = {"scheme": "claim", "target": "hillford-leads", "wording": "People in Hillford do so more often", "direction": ""}
    (little_book / "data" / "wordings.csv").write_text(csv_text([list(declared), list(declared.values())]), encoding="utf-8")
    return little_book, lambda: next(item for item in linked(little_book) if ("claim", "hillford-leads") in item.links)


def folded_for(book, item, who):
    """Whether nothing has to be read of what a claim compares with a sentence, for a new signer."""
    round_ = Round(book, Signer("Somebody new", who), PAGE)
    round_.waiting = [item]
    shown = {record["called"]: record for record in round_.basis()}
    record = shown["bread.local.oldbridge"]
    assert record["settled"] == (record["cells"] == [])
    assert record["settled"] == ("statement" in dict(shown["hillford-leads"]["cells"]))
    assert ("stated", "50%") in [*record["cells"], *record["folded"]]
    return record["settled"]


@pytest.mark.parametrize(
    ("by", "may_rest"),
    [("same-team", {"same-team"}), ("outside", {"same-team", "outside"}), ("author", set()), ("machine", set())],
)
def test_what_a_claim_compares_is_folded_for_those_who_may_rest_on_who_signed_its_words(worded, by, may_rest):
    book, sentence = worded
    new = signed(next(item for item in found(book) if item.kind == "wordings"), "A. Reader", by, "2026-11-29", "right")
    (book / "data" / COUNTERSIGNED.path).write_text(
        csv_text([COUNTERSIGNED.names, [new[name] for name in COUNTERSIGNED.names]]), encoding="utf-8"
    )
    assert {who for who in ("same-team", "outside") if folded_for(book, sentence(), who)} == may_rest


@pytest.mark.parametrize("change", ["a number", "the link", "a second claim"])
def test_what_a_claim_compares_is_read_again_once_its_words_are_not_signed_with_it(worded, change):
    book, sentence = worded
    sign(book, "r", page="data/wordings.csv")
    assert folded_for(book, sentence(), "outside")
    assert "under a claim whose words are signed: 1 more" in sign(book, *"ssssq", by="Another").printed
    if change == "a number":
        rewrite(book, "50%,50,percent", "51%,51,percent", "data/figures/hillford.csv")
    elif change == "the link":
        rewrite(book, "[People in Hillford do so more often]", "[People in Hillford always do so more often]")
    else:
        rewrite(book, "which is [15", "[far more](compare:bread.local.hillford/above/bread.local.oldbridge), which is [15")
    assert not any(record["settled"] for record in basis_of(book, sentence()).values())


def test_a_round_says_how_long_a_signature_took(little_book):
    assert "1 signed, 0 seconds each at the median" in sign(little_book, "r", "q").printed
    assert "seconds" not in sign(little_book, "s", "q").printed.rpartition("\n")[0].rpartition("\n")[2]


def test_a_void_signature_whose_sentence_is_gone_says_so(all_signed):
    item = linked(all_signed)[0]
    rewrite(all_signed, json.dumps(item.text, ensure_ascii=False)[1:-1], "Nobody knows.")
    told = [line for line in evidence("--book", all_signed, "countersign", "--list").printed.splitlines() if line.startswith("void: ")]
    assert [line.partition(": ")[2].split(", ")[3].partition(":")[0] for line in told] == ["no longer there"]


KEY, DECISION, WORDS_A_SECOND = 0.28, 1.35, 4
"""Seconds of a key and of a decision in the keystroke-level model (Card, Moran and Newell 1980), and the pace of close reading."""


def test_a_signature_takes_under_twenty_seconds_by_keys_reading_and_waiting(little_book):
    """Every third is found wrong, with a note of forty letters. What is waited for is counted in seconds of the processor."""
    round_, cost = Round(little_book, Signer("A. Reader", "outside"), PAGE), []
    for number in range(len(linked(little_book))):
        words = [round_.waiting[0].text, *(f"{record['quote']} {record['cells']}" for record in round_.basis() if not record["under"])]
        wrong = number % 3 == 2
        began = time.process_time()
        round_.sign("wrong" if wrong else "right", "o" * 40 if wrong else "")
        waited, keys = time.process_time() - began, 42 if wrong else 1
        cost.append(waited + keys * KEY + (1 + wrong) * DECISION + len(" ".join(words).split()) / WORDS_A_SECOND)
    assert sum(cost) / len(cost) < 20


def load_names():
    from evidence.catalog.schema import FIGURES

    return FIGURES.names


def test_what_changed_is_told_apart_and_the_next_signature_takes_the_place_of_the_void_one(all_signed):
    item = linked(all_signed)[0]
    word = next(word for word in re.sub(r"\[[^\]]*\]\([^)]*\)", "", item.text).split() if word.isalpha() and len(word) > 4)
    rewrite(all_signed, word, f"{word}-indeed")
    count = len(Signatures(load(all_signed / "data")).rows)
    told = sign(all_signed, "r", "q").printed
    assert "signed before; since then another wording" in told
    rows = Signatures(load(all_signed / "data")).rows
    assert len(rows) == count
    assert not Signatures(load(all_signed / "data")).void(found(all_signed))


def test_void_signatures_are_listed_and_removed_on_demand(all_signed):
    item = linked(all_signed)[0]
    rows = len(Signatures(load(all_signed / "data")).rows)
    word = next(word for word in re.sub(r"\[[^\]]*\]\([^)]*\)", "", item.text).split() if word.isalpha() and len(word) > 4)
    rewrite(all_signed, word, f"{word}-indeed")
    told = evidence("--book", all_signed, "countersign", "--list").printed
    assert told.count("void: ") == told.count(", another wording: ") == 1
    assert len(Signatures(load(all_signed / "data")).rows) == rows
    assert evidence("--book", all_signed, "countersign", "--prune").printed.count("removed: ") == 1
    assert len(Signatures(load(all_signed / "data")).rows) == rows - 1


def git(book, *words):
    command = ["git", "-C", str(book), "-c", "user.name=A", "-c", "user.email=a@example.org", *words]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_EDITOR": "true"})


@pytest.fixture
def branches(little_book):
    """Two branches on which three sign one sentence, one of them on both, so that the rows of the two lie side by side; theirs has a second commit."""
    shutil.copy(paths.ROOT / ".gitattributes", little_book)
    sign(little_book, "r", "q", by="F")
    assert evidence("--book", little_book, "format", "--check").code == 0
    git(little_book, "init", "-b", "ours")
    git(little_book, "add", "-A")
    git(little_book, "commit", "-m", "begin")
    git(little_book, "switch", "-c", "theirs")
    for signers in ("BM", "Z"):
        for signer in signers:
            sign(little_book, "r", "q", by=signer)
        git(little_book, "add", "-A")
        git(little_book, "commit", "-m", signers)
    git(little_book, "switch", "ours")
    for signer in "AMY":
        sign(little_book, "r", "q", by=signer)
    git(little_book, "add", "-A")
    git(little_book, "commit", "-m", "AMY")
    return little_book


JOINED = {
    "merged": [("merge", "theirs", "-m", "both")],
    "rebased": [("rebase", "theirs")],
    "rebased the other way": [("rebase", "ours", "theirs")],
    "picked": [("cherry-pick", "theirs~1", "theirs")],
    "picked, then merged": [("cherry-pick", "theirs~1"), ("merge", "theirs", "-m", "both")],
    "the last picked first, then rebased": [("cherry-pick", "theirs"), ("rebase", "theirs")],
}


@pytest.mark.parametrize("how", JOINED)
def test_two_branches_that_sign_are_joined_by_themselves_and_green_before_anybody_formats(how, branches):
    for words in JOINED[how]:
        git(branches, *words)
    assert sorted(row["by"] for row in Signatures(load(branches / "data")).rows) == [*"ABFMYZ"]
    assert [gate.name for gate in run_gates(branches / "data", branches / "chapters") if not gate.green] == []
    assert evidence("--book", branches, "format").code == 0
    assert [row[5] for row in table_of(branches)] == [*"ABFMYZ"]


def table_of(book):
    return read_rows(book / "data" / COUNTERSIGNED.path, "countersigned.csv", COUNTERSIGNED.names)[1:]


@pytest.mark.parametrize("last", ["right", "wrong"])
def test_of_two_findings_of_one_signer_on_one_sentence_the_later_holds(last, all_signed):
    path, first = all_signed / "data" / COUNTERSIGNED.path, {"right": "wrong", "wrong": "right"}[last]
    head, row, *others = path.read_text(encoding="utf-8").splitlines(keepends=True)
    early = row.replace(",right,", f",{first},", 1).replace(TODAY, "2020-01-02")
    path.write_text("".join([head, row.replace(",right,", f",{last},", 1), early, *others]), encoding="utf-8")
    (now,) = Signatures(load(all_signed / "data")).of(next(item for item in found(all_signed) if item.hash == row[:16]))
    assert (now["verdict"], now["date"]) == (last, TODAY)
    assert evidence("--book", all_signed, "format").code == 0
    assert len(table_of(all_signed)) == len(others) + 1


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("figure", "bread.local.hillford", "bread.bought"),
        ("claim", "hillford-leads", "hillford-first"),
        ("source", "hillford", "bread-survey"),
        ("chapter", "who-bakes", "bakers-of-towns"),
        ("chart", "bakers.towns", "bakers.by-town"),
    ],
)
def test_another_name_voids_no_signature_and_another_number_beside_it_does(kind, old, new, little_book):
    sign(little_book, *["r"] * 200, page="")
    evidence("--book", little_book, "format")
    before = Signatures(load(little_book / "data"))
    assert (len(before.rows), before.void(found(little_book))) == (len({item.hash for item in found(little_book)}), [])
    changed_book(little_book, lambda draft: rename(draft, kind, old, new))
    after, now = Signatures(load(little_book / "data")), found(little_book)
    assert after.void(now) == []
    assert len(after.rows) == len(before.rows)
    assert all(row["by"] == "A. Reader" and row["date"] == TODAY for row in after.rows)
    assert not any(old in item.text or old in item.basis for item in now if after.of(item)) or kind == "source"


def test_what_a_retired_figure_was_linked_for_waits_again_where_another_takes_its_place(little_book):
    sign(little_book, *["r"] * len(linked(little_book)))
    evidence("--book", little_book, "format")
    item = next(item for item in linked(little_book) if any(scheme == "figure" for scheme, _ in item.links))
    name = next(target for scheme, target in item.links if scheme == "figure")
    other = next(figure.id for figure in load(little_book / "data").figures.values() if figure.id not in str(item.basis))
    before, after = little_book, little_book.parent / "after"
    shutil.copytree(before, after)
    rewrite(after, f"figure:{name})", f"figure:{other})")
    carry(before, after)
    assert item.hash in {row["hash"] for row in Signatures(load(after / "data")).void(found(after))}


def test_who_signs_and_what_must_be_known(little_book):
    nameless = evidence("--book", little_book, "countersign", "nowhere", "--by", "A")
    assert nameless.code != 0
    assert "nothing to sign is on a page of this name" in nameless.complained
    assert f"There are {', '.join(dict.fromkeys(item.page for item in found(little_book)))[:20]}" in nameless.complained


# The page


@pytest.fixture
def served(little_book):
    page = ServedRound(Round(little_book, Signer("A. Reader", "outside"), PAGE))
    yield page
    page.close()


def ask(served, body=None, token=None, host=None, path=""):
    headers = {"X-Token": served.token if token is None else token} | ({"Host": host} if host else {})
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(served.address + path, data, headers), timeout=120) as reply:
        return reply.read().decode(), dict(reply.headers)


def test_the_page_shows_one_sentence_with_its_records_and_takes_answers(served, little_book):
    html, headers = ask(served)
    assert '<script src="/page.js"' in html
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    state = json.loads(ask(served, {"verdict": "look"})[0])
    first = linked(little_book)[0]
    assert (state["hash"], state["text"]) == (first.hash, [["same", first.text]])
    assert [record["called"] for record in state["records"]] == [called for called, _, _ in first.records]
    stale = json.loads(ask(served, {"verdict": "right", "hash": "another"})[0])
    assert stale["done"] == 0
    after = json.loads(ask(served, {"verdict": "wrong", "note": "  too \n broad ", "hash": first.hash})[0])
    assert (after["done"], after["left"]) == (1, state["left"] - 1)
    (row,) = Signatures(load(little_book / "data")).rows
    assert (row["verdict"], row["note"], row["independence"]) == ("wrong", "too broad", "outside")


def test_a_claim_shows_what_it_compares_and_a_chart_what_it_draws(little_book):
    rewrite(little_book, "bars,bakers,", "bars,bread.local,", "data/charts.csv")
    rows = {item.kind: [called for called, *_ in item.records] for item in found(little_book) if item.kind in ("claims", "charts")}
    assert rows["claims"] == ["hillford-leads", "bread.local.hillford", "bread.local.oldbridge"]
    assert rows["charts"][:4] == ["bakers.towns", "bread.local.hillford", "bread.local.oldbridge", "bread.local.westmere"]


def test_a_row_about_another_record_shows_it_and_is_void_when_that_is_another(little_book):
    path = little_book / "data" / "safe-words.csv"
    path.write_text("scheme,target,answer,says\nfigure,bakers.hillford,yes,name the year.\n", encoding="utf-8")
    sign(little_book, "r", page="data/safe-words.csv")
    assert len(holding(little_book)) == 1
    (row,) = (item for item in found(little_book) if item.kind == "safe-words")
    assert [(called, table.name) for called, table, _ in row.records] == [("figure", "safe-words"), ("bakers.hillford", "figures")]
    rewrite(little_book, 'column Bakers",,12,12', 'column Bakers",,13,13', "data/figures/shop-census.csv")
    assert not holding(little_book)


SAYS = {
    "what": "It prints [12](figure:bakers.hillford).",
    "size": "By one.",
    "reading": "None as printed.",
    "consequence": "It is no count.",
}


def write_correction(book, figures):
    named = {"id": "bakers.count", "grade": "contradiction", "figures": figures, "findings": "", "title": "Bakers"}
    row = {**named, **SAYS, "reply": "", "guard": "differs"}
    (book / "data" / "corrections.csv").write_text(csv_text([list(row), list(row.values())]), encoding="utf-8")


@pytest.mark.parametrize("listed", ["bakers.hillford bread.local", "bread.local bakers.hillford"])
def test_a_figure_that_a_correction_lists_without_a_link_is_shown_and_void_when_it_is_another(little_book, listed):
    write_correction(little_book, listed)
    (row,) = (item for item in found(little_book) if item.kind == "corrections")
    beside = basis_of(little_book, row)
    assert (beside["bread.local"]["number"], beside["bread.local"]["under"]) == ("60%", False)
    assert "60% buy" in beside["bread.local"]["quote"]
    assert "60% buy" in sign(little_book, "r", page="data/corrections.csv").printed
    assert len(holding(little_book)) == 1
    rewrite(little_book, "60%,60,", "61%,61,", "data/figures/hillford.csv")
    assert not holding(little_book)
    assert "stated: 60% 61%" in sign(little_book, "q", page="data/corrections.csv").printed


def test_a_correction_whose_words_link_each_figure_that_it_lists_is_bound_to_these_alone(little_book):
    bound = []
    for listed in ("", "bakers.hillford"):
        write_correction(little_book, listed)
        bound += [(item.values, item.sources) for item in found(little_book) if item.kind == "corrections"]
    assert bound[0] == bound[1]


def test_words_declared_of_a_correction_stand_beside_all_that_it_says_and_the_row_itself_is_not_shown_twice(little_book):
    write_correction(little_book, "bakers.hillford")
    declared = {"scheme": "correction", "target": "bakers.count", "wording": "is no count", "direction": ""}
    (little_book / "data" / "wordings.csv").write_text(csv_text([list(declared), list(declared.values())]), encoding="utf-8")
    rows = {item.kind: item for item in found(little_book) if item.kind in ("corrections", "wordings")}
    beside = basis_of(little_book, rows["wordings"])
    assert list(beside) == ["bakers.count"]
    assert SAYS.items() <= dict(beside["bakers.count"]["cells"]).items()
    assert list(basis_of(little_book, rows["corrections"])) == ["bakers.hillford"]
    printed = sign(little_book, "r", page="data/wordings.csv").printed
    assert "wording: is no count\n" in printed
    assert "It is no count." in printed


def test_a_row_that_quotes_shows_its_quote_in_the_text_of_what_it_is_about(little_book, tmp_path):
    """A row without an id is called by what it is about: neither of the two takes the place of the other."""
    (tmp_path / "hillford.txt").write_text("The town is old. The baker opens at six. Nobody else does.", encoding="utf-8")
    item = found(little_book)[0]
    about = {"source": "hillford", "quote": "The town is old.", "title": "Hillford"}
    element = {"quote": "The baker opens at six.", "text": "It opens early."}
    records = (("town", SAFE_WORDS, element), ("town", FINDINGS, about))
    round_ = Round(little_book, Signer("A. Reader", "outside"), folders=[tmp_path])
    round_.waiting = [replace(item, kind="safe-words", records=records, cells=tuple(element.items()))]
    own, case = round_.basis()
    assert (own["source"], own["quote"], own["cells"]) == ("Bread survey", "The baker opens at six.", [])
    assert own["before"].endswith("town is old. ")
    assert own["after"].startswith(" Nobody else")
    assert (case["quote"], dict(case["cells"])["title"]) == ("The town is old.", "Hillford")


def test_the_page_shows_a_row_cell_by_cell(little_book):
    page = ServedRound(Round(little_book, Signer("A. Reader", "outside"), "data/claims.csv"))
    try:
        state = json.loads(ask(page, {"verdict": "look"})[0])
    finally:
        page.close()
    item = next(item for item in found(little_book) if item.hash == state["hash"])
    assert dict(state["cells"])["statement"] in item.text
    assert "; ".join(f"{name}: {cell}" for name, cell in state["cells"]) == item.text


@pytest.mark.parametrize(("token", "host", "code"), [("guessed", None, 403), (None, "example.org", 403)])
def test_no_other_site_may_sign(token, host, code, served, little_book):
    with pytest.raises(urllib.error.HTTPError) as refused:
        ask(served, {"verdict": "right", "hash": linked(little_book)[0].hash}, token, host)
    assert refused.value.code == code
    assert not Signatures(load(little_book / "data")).rows


def test_the_table_is_in_the_order_of_its_hashes_so_that_what_two_add_lies_apart(all_signed):
    rows = read_rows(all_signed / "data" / COUNTERSIGNED.path, "countersigned.csv", COUNTERSIGNED.names)[1:]
    assert len(rows) > 1
    assert rows == sorted(rows, key=lambda row: row[0])


def test_signatures_that_a_rebase_left_twice_are_read_once_and_put_right_by_format(all_signed):
    evidence("--book", all_signed, "format")
    path = all_signed / "data" / COUNTERSIGNED.path
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole + "".join(whole.splitlines(keepends=True)[:0:-1]), encoding="utf-8")
    assert len(Signatures(load(all_signed / "data")).rows) == len(whole.splitlines()) - 1
    assert [gate.name for gate in run_gates(all_signed / "data", all_signed / "chapters") if not gate.green] == []
    assert evidence("--book", all_signed, "format").code == 0
    assert path.read_text(encoding="utf-8") == whole


@pytest.mark.parametrize(
    ("says", "shown"),
    [("=1+1 is two.", "1+1 is two."), ("+ - * /", "* /"), ("-1.7% a year", "-1.7% a year"), ("a" * 1999 + " b", "a" * 1999)],
)
def test_a_signature_shows_what_no_spreadsheet_runs_and_a_cell_holds(little_book, says, shown):
    item = replace(linked(little_book)[0], text=says)
    row = signed(item, "A. Reader", "outside", "2026-11-29", "wrong", note=says)
    assert (row["text"], row["note"]) == (shown, shown)


SAID = [
    ("small firms that export", "Small firms export, [45%](figure:large.not) of them.", True),
    ("small firms", "[45%](figure:small.firms) of all do.", False),
    ("firms that do not export", "Of firms that export [45%](figure:x) do.", False),
    ("firms without employees", "Of firms with employees [45%](figure:x) do.", False),
    ("2019", "In 2018 [45%](figure:x) did.", False),
    ("", "In 2018 [45%](figure:x) did.", False),
]


@pytest.mark.parametrize(("cell", "sentence", "folded"), SAID)
def test_whom_a_record_is_about_is_folded_where_the_sentence_says_it_word_for_word(cell, sentence, folded):
    assert said_in(cell, sentence) is folded
