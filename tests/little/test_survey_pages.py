"""How a survey was asked: put a test here when readers of a wave are told less than pollsters must tell, or something else than the wave says."""

import csv
import re
from datetime import date

import pytest
from bs4 import BeautifulSoup
from command import evidence

from evidence.catalog import load
from evidence.charts import bundle, chart_data
from evidence.gates import run_gates

pytestmark = pytest.mark.needs("survey")

DISCLOSURE = """
[disclosure]
client = "Nobody, for nobody was asked"
first_day = 2026-10-05
last_day = 2026-10-09
method = "invented"
universe = "people aged 18 or over"
sampling = "made up"
coverage = "three towns"
tables = "https://example.org/tables"
"""


@pytest.fixture
def told_book(little_book):
    """The little book with a codebook that tells all, and the wording of each question."""
    codebook = little_book / "data" / "codebooks" / "hillford.toml"
    text = codebook.read_text(encoding="utf-8").replace(
        'columns = ["buys_locally"]', 'columns = ["buys_locally"]\nwording = "Do you buy bread locally?"'
    )
    codebook.write_text(text + DISCLOSURE, encoding="utf-8")
    return little_book


def take_in(book, day):
    codebook = book / "data" / "codebooks" / "hillford.toml"
    asked = ["ingest", "survey", book / "answers.csv", "--codebook", codebook, "--as-of", day, "--into", book.parent / day]
    done = evidence("--book", book, *asked)
    assert done.code == 0, done.printed + done.complained
    done = evidence("--book", book, "accept", "--data", book.parent / day, "--reason", "A later wave, invented.")
    assert done.code == 0, done.printed + done.complained


def built(book):
    done = evidence("--book", book, "build", "--out", book.parent / "site")
    assert done.code == 0, done.printed + done.complained
    return book.parent / "site"


def test_readers_are_told_all_of_each_wave_and_on_whom_its_numbers_rest(told_book):
    take_in(told_book, "2026-11-01")
    take_in(told_book, "2026-12-01")
    gate = next(gate for gate in run_gates(told_book / "data", told_book / "chapters") if gate.name == "surveys")
    assert (gate.green, gate.note) == (True, "2 waves, 100% of what readers must be told")
    check_tracking(told_book)
    site = built(told_book)
    page = BeautifulSoup((site / "chapters" / "survey-hillford.html").read_text(encoding="utf-8"), "html.parser")
    assert [wave.h2.text for wave in page.select("section[data-evidence]")] == ["Wave of 2026-12-01", "Wave of 2026-11-01"]
    wave = page.select_one("#wave-2026-12-01")
    told = dict(zip([name.text for name in wave.select("dt")], [text.text for text in wave.select("dd")], strict=True))
    assert told == {
        "Client": "Nobody, for nobody was asked",
        "Fieldwork": "5 October 2026 to 9 October 2026",
        "Method": "invented",
        "Universe": "people aged 18 or over",
        "Sampling": "made up",
        "Geographical coverage": "three towns",
        "Sample size": "20 respondents",
        "Weighting": "unweighted. Nobody was asked, so there is nobody to weight to.",
        "Bases": "weighted and unweighted, in every table",
        "Wording": "every question in full",
        "Full tables": "https://example.org/tables",
        "Effective sample size": "20",
        "Intervals": "They hold what everybody would have answered in 95 of 100 such samples, by the linearised variance of the design.",
        "Withheld": "Withheld is what rests on fewer than 2 respondents, or hangs on a few heavy ones, what lies within one cluster, "
        "and what would give a number of few away.",
    }
    answers = list(csv.DictReader((told_book / "answers.csv").open(encoding="utf-8")))
    bases = [[cell.text for cell in row.select("td")][2:] for row in wave.select("tbody tr")]
    towns = ["Hillford", "Oldbridge", "Westmere"]
    counted = [len(answers), *(sum(row["place"] == town for row in answers) for town in towns)]
    assert bases == [
        ["All who answered", str(counted[0]), str(counted[0])],
        *([f"Those who answered, of place: {town}", str(count), str(count)] for town, count in zip(towns, counted[1:], strict=True)),
    ]
    assert [row.th.text for row in wave.select("tbody tr")] == ["Do you buy bread locally?", "", "", ""]
    assert 'href="survey-hillford.html"' in (site / "chapters" / "ledger-hillford.html").read_text(encoding="utf-8")


def check_tracking(book):
    """Check that a chart draws every wave of a figure at the last day of its fieldwork, with its interval in picture, table and text."""
    charts = book / "data" / "charts.csv"
    with charts.open("a", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerow(
            ["bread.tracked", "tracking", "bread.local", "Bread", "Percent", "How many buy locally, by wave.", "", "listed"]
        )
    library = load(book / "data")
    data = chart_data(library, "bread.tracked")
    charts.write_text(charts.read_text(encoding="utf-8").rpartition("bread.tracked")[0], encoding="utf-8")
    town = data.rows[data.rows["id"] == "bread.local.hillford"]
    assert [date.fromordinal(day) for day in town["day"]][1:] == [date(2026, 10, 31), date(2026, 10, 31)]
    assert list(town["newest"]) == [False, False, True]
    low, high = (library.figures[f"bread.local.hillford.interval.{end}"].stated for end in ("low", "high"))
    told = f"{low.rstrip('%').removesuffix('.0')} to {high.removesuffix('%').removesuffix('.0')}%"
    assert list(town["span"])[1:] == [told, told]
    shown = bundle(data, library, "Bread")
    assert 'aria-label="How many buy locally, by wave."' in shown["text/html"]
    table = BeautifulSoup(shown["text/html"], "html.parser").select("tbody tr")
    assert [row.select("td")[3].text for row in table if row.select("td")[1].text == "Hillford"][1:] == [told, told]
    assert shown["text/plain"].count(f"({told})") == 2


def test_what_readers_are_not_told_is_said_in_its_place(little_book):
    take_in(little_book, "2026-11-01")
    gate = next(gate for gate in run_gates(little_book / "data", little_book / "chapters") if gate.name == "surveys")
    assert gate.green
    gaps = "Client, Fieldwork, Method, Universe, Sampling, Geographical coverage, Wording, Full tables"
    assert gate.note == f"1 waves, 27% of what readers must be told; not told of hillford/2026-11-01: {gaps}"
    page = (built(little_book) / "chapters" / "survey-hillford.html").read_text(encoding="utf-8")
    assert re.findall(r'<dt>([^<]+)</dt><dd><span class="gap">not told</span></dd>', page) == gaps.split(", ")


def test_a_book_without_a_survey_of_its_own_has_no_such_page(site):
    assert not load().rows("waves")
    assert list((site / "chapters").glob("survey-*")) == []
