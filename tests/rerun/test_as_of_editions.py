"""The book as it could have been published on a day: put a test here when an edition must show or list what that day knew.

The days are those of data/figures: 31 December 2014 is the first (Birmingham), 22 May 2025 the first quarter of the NEET figures, 30 April 2026
the day of the survey of firms and of most else, and on 21 November 2026 the coworking articles are added.
"""

import csv
import os
import re
import shutil
import subprocess
import sys

import pytest
from bs4 import BeautifulSoup
from test_rerun import fingerprint

from evidence import editions, paths
from evidence.audit import check_corrections, verdicts
from evidence.catalog import load
from evidence.chapter import Chapter
from evidence.charts import chart_data
from evidence.errors import DataError
from evidence.ledger import judge_claims


def records():
    for path in sorted((paths.ROOT / "data" / "figures").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            yield from csv.DictReader(stream)


FIRST = {}
"""The first day of each figure."""
for record in records():
    FIRST[record["id"]] = min(record["as_of"], FIRST.get(record["id"], "9999"))
DAYS = sorted({record["as_of"] for record in records()})
OWN = load()


def test_there_are_days_from_the_first_source_to_the_last():
    assert len(DAYS) > 20
    assert (DAYS[0], DAYS[-1]) == ("2014-12-31", "2026-11-21")


@pytest.mark.parametrize("day", DAYS)
def test_on_every_day_the_book_is_judged_and_what_is_missing_is_counted(day):
    library = load(as_of=day)
    assert len(library.figures) == sum(first <= day for first in FIRST.values())
    assert check_corrections(library, verdicts(library)) == []
    assert len(judge_claims(library)) == len(judge_claims(OWN))
    assert all(chart_data(library, row["id"]) for row in library.rows("charts"))


@pytest.mark.parametrize("day", ["2014-12-31", "2025-05-22", "2026-04-30", "2026-11-21"])
def test_the_report_counts_what_was_not_published(day):
    report = editions.compare(OWN, load(as_of=day))
    missing = [entry["id"] for entry in report["figures"] if entry["class"] == "not published"]
    assert sorted(missing) == sorted(name for name, first in FIRST.items() if first > day)
    listed = {entry["target"] for entry in report["unpublished"] if entry["kind"] == "figure"}
    assert all(name in missing or f"{name}.low" in missing for name in listed)


def test_on_the_last_day_nothing_is_missing_and_nothing_changes():
    report = editions.compare(OWN, load(as_of="2026-11-21"))
    assert editions.clean(report)
    assert {name: report[name] for name in ("figures", "unpublished", "broken", "claims", "charts", "verdicts")} == {
        name: [] for name in ("figures", "unpublished", "broken", "claims", "charts", "verdicts")
    }


def test_sentences_that_rest_on_later_evidence_are_listed_with_page_and_sentence():
    """The survey of coworking spaces, with its 161 spaces, came out in November 2026."""
    report = editions.compare(OWN, load(as_of="2026-04-30"))
    entry = next(entry for entry in report["unpublished"] if entry["target"] == "coworking.survey.spaces")
    assert entry["where"] == "chapters/coworking.ipynb, cell 1, line 4"
    assert (entry["states"], entry["library"]) == ("161", "")
    assert entry["sentence"].startswith("The evidence is a survey of people in 161 spaces")
    assert not editions.clean(report)
    text = editions.markdown(report)
    assert "## Sentences that rest on what was not published by 2026-04-30" in text
    assert "- chapters/coworking.ipynb, cell 1, line 4: [161](figure:coworking.survey.spaces)." in text
    assert "few-spaces-answered" in {entry["target"] for entry in report["unpublished"] if entry["kind"] == "claim"}


def test_sentences_that_an_earlier_vintage_does_not_bear_out_are_listed_apart():
    """In May 2025 the newest share of young people out of work and training was 12.5%; the prose states 12.8%."""
    report = editions.compare(OWN, load(as_of="2025-05-22"))
    entry = next(entry for entry in report["broken"] if entry["target"] == "official.neet.share")
    assert (entry["states"], entry["library"]) == ("12.8%", "12.5%")
    assert "official.neet.share" not in {entry["target"] for entry in report["unpublished"]}


@pytest.mark.parametrize("day", ["2014-12-31", "2024-06-30", "2026-04-30"])
def test_views_say_what_was_not_published_instead_of_failing(day, monkeypatch):
    monkeypatch.chdir(paths.chapters_dir())
    chapter = Chapter("coworking", as_of=day)
    for shown in (
        chapter.claim("few-spaces-answered"),
        chapter.trace("rec.left-behind.training-pilots"),
        chapter.recommendations("creative"),
    ):
        assert shown.text == f"What stands here in later editions rests on evidence that was not published by {day}."
        assert 'class="unpublished"' in shown.html


@pytest.mark.parametrize(
    ("view", "name"),
    [("table", "no.such-series"), ("case", "case.none"), ("trace", "rec.none"), ("chart", "no.such-chart"), ("claim", "no-such")],
)
def test_a_name_that_no_day_knows_is_still_refused(view, name):
    with pytest.raises(DataError, match="unknown"):
        getattr(Chapter("coworking", as_of="2024-06-30"), view)(name)


def test_a_voice_that_was_not_yet_heard_is_told_so():
    said = Chapter("coworking", as_of="2025-10-30").voice("case.catch", "always someone at the end of an email")
    assert said.text == "What stands here in later editions rests on evidence that was not published by 2025-10-30."


def test_words_that_nobody_said_on_any_day_are_refused():
    with pytest.raises(DataError, match=r"nobody of case.catch said"):
        Chapter("coworking", as_of="2024-06-30").voice("case.catch", "nobody says this")


def evidence(*arguments, cwd, book=paths.ROOT):
    """Run the command and return its exit code with all that it said."""
    done = subprocess.run(
        [sys.executable, "-m", "evidence.cli", "--book", book, *map(str, arguments)],
        env={**os.environ, "COLUMNS": "400"},
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
    )
    return done.returncode, done.stdout + done.stderr


def test_before_the_first_source_there_is_no_edition(tmp_path):
    code, said = evidence("rerun", "--as-of", "2014-12-30", "--out", tmp_path / "out", cwd=tmp_path)
    assert code == 1
    assert "nothing was published by 2014-12-30: the first figure is of 2014-12-31. Name that day or a later one with --as-of." in said
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize("day", ["2014-12-31", "2025-10-30"])
def test_the_whole_book_runs_on_an_early_day(day, tmp_path):
    edition_of(day, tmp_path)


def edition_of(day, folder, *options):
    """Return the folder of the whole book as of a day, in which every chapter is and whose report says that later evidence is not."""
    code, said = evidence("rerun", "--as-of", day, *options, "--out", folder, cwd=folder)
    assert code == 1, said
    assert f"## Sentences that rest on what was not published by {day}" in said
    made = (folder / "latest").resolve()
    assert {path.name for path in (made / "chapters").glob("*.ipynb")} == {path.name for path in paths.chapters_dir().glob("*.ipynb")}
    return made


def page(site, name):
    return BeautifulSoup((site / "chapters" / f"{name}.html").read_text(encoding="utf-8"), "html.parser")


@pytest.mark.slow
def test_the_site_of_a_day_marks_what_came_later(tmp_path):
    """On 22 May 2025 the survey of firms was not out, and 923 thousand young people were out of work and training."""
    site = edition_of("2025-05-22", tmp_path, "--site") / "site"
    coworking = page(site, "coworking")
    later = [mark for mark in coworking.select(".not-published") if mark.get_text() == "161"]
    assert later
    assert later[0].find_next_sibling(class_="overtaken").get_text() == "[not published by 2025-05-22]"
    assert coworking.select("p.unpublished")
    entry = page(site, "ledger-ons-neet").find(id="official.neet.count").get_text(" ")
    assert "923 thousand" in entry and not re.search(r"948|946|957", entry)
    everything = " ".join(path.read_text(encoding="utf-8") for path in site.rglob("*.html"))
    assert "on 2025-05-22 the data said 12.5%" in everything
    assert "this sentence awaits its author" not in everything


@pytest.mark.slow
def test_an_edition_of_a_day_with_its_site_is_the_same_in_two_folders(tmp_path):
    """On 31 March 2026 the survey of the little book was out, and its count of shops was not."""
    made = []
    for name in ("one", "another"):
        shutil.copytree(paths.ROOT / "tests" / "little_book", tmp_path / name / "book")
        order = ("rerun", "--as-of", "2026-03-31", "--site", "--out", tmp_path / name / "out")
        code, said = evidence(*order, cwd=tmp_path / name, book=tmp_path / name / "book")
        assert code == 1, said
        made.append((tmp_path / name / "out" / "latest").resolve())
    assert made[0].name == made[1].name
    assert (made[0] / "site" / "chapters" / "who-bakes.html").exists()
    assert fingerprint(made[0]) == fingerprint(made[1])
