"""`evidence accept` from the command line, on a small copy of the book: put a test here when it must say, refuse or exit with something new."""

import re

import pytest
from command import evidence
from test_accept import WAVE, make_book, make_wave
from test_rerun import fingerprint

REASON = "A fictional wave, to see what the command does."


@pytest.fixture
def book(tmp_path):
    """A small book, in which the command is typed."""
    root = tmp_path / "book"
    root.mkdir()
    return make_book(root)


def state(book):
    return fingerprint(book / "data") | fingerprint(book / "chapters")


def accept(book, *options):
    """Return how the command ended, what it printed and what it complained of."""
    return evidence("accept", *options, folder=book)


def test_a_dry_run_prints_the_difference_and_changes_nothing_and_the_acceptance_then_does_just_that(book, tmp_path):
    """A number and the one computed from it move; a sentence that names the period it was of is left to its author, so that the command ends with 1."""
    options = ["--data", make_wave(tmp_path / "wave", sme__coordination__missing_any="92"), "--reason", REASON, "--on", "2027-05-01"]
    before = state(book)
    code, shown, said = accept(book, *options, "--dry-run")
    assert code == 1, said
    assert state(book) == before
    assert "+sme.coordination.missing-any,demos,Fictional wave," in shown
    assert f"+sme.coordination.missing-any,96%,92%,new period,2027-05-01,{REASON}".replace(f",{REASON}", f',"{REASON}"') in shown
    assert "That makes [65%](figure:computed.sme.barriers.of-all) of all SMEs" in shown
    assert "That makes [63%](figure:computed.sme.barriers.of-all) of all SMEs" in shown
    assert "restated in data/corrections.csv: 96% → 92%" in shown
    assert shown.splitlines()[-1] == "2 figures would change, 2 numbers restated, 1 statements await their author."

    code, told, said = accept(book, *options)
    assert code == 1, said
    assert shown.endswith(told.replace(" figures changed, ", " figures would change, "))
    after = state(book)
    assert {name for name in before if after[name] != before[name]} == {
        "coordination.ipynb",
        "changes.ipynb",
        "figures/demos.csv",
        "figures/computed.csv",
        "corrections.csv",  # its prose states the computed number
        "wordings.csv",  # what was declared of a correction whose error is gone
        "safe-words.csv",  # what an author said was surer than what is known now
        "datapackage.json",  # it lists the history
        "receipts.csv",
    }
    assert set(after) - set(before) == {"history.csv", "notices.csv"}
    assert "[92%](figure:sme.coordination.missing-any)" in (book / "data" / "corrections.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("reason", [(), ("--reason", ""), ("--reason", "   ")])
def test_without_a_reason_it_is_refused_and_nothing_changes(book, tmp_path, reason):
    before = state(book)
    code, told, said = accept(book, "--data", make_wave(tmp_path / "wave", **WAVE), *reason)
    assert (code, told) == (1, "")
    assert "no reason, no accept: say why with --reason" in said
    assert state(book) == before


def test_without_data_it_is_a_wrong_usage(book):
    code, told, said = accept(book, "--reason", REASON)
    assert (code, told) == (2, "")
    assert "--data" in said


def test_a_red_gate_is_named_and_nothing_changes(book, tmp_path):
    """31% of 5.68 million firms are 1.76 million apprentices, not the 1.93 million the report prints."""
    before = state(book)
    wave = make_wave(tmp_path / "wave", impact__apprentice__more_likely__share="31")
    code, told, said = accept(book, "--data", wave, "--reason", REASON)
    assert (code, told) == (1, "")
    assert re.search(r"audit: .*impact\.apprentices\.high.*differs", said) and "Nothing was accepted." in said
    assert state(book) == before
