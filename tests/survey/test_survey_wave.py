"""`evidence ingest survey` as a steward meets it: put a test here when an option, an exit code or a file of it is added."""

import csv
import json
import shutil
import subprocess
import sys

import pytest
from generated import CODEBOOKS, firms, people, write
from typer.testing import CliRunner

from evidence import cli, paths
from evidence.audit import verdicts
from evidence.catalog import Library, schema
from evidence.catalog.verify import verify
from evidence.charts import chart_data
from evidence.editions.snapshot import make_snapshot
from evidence.errors import EvidenceError
from evidence.receipts import held
from evidence.survey.derived import derive
from evidence.survey.records import WaveName

pytestmark = pytest.mark.needs("survey")

SME = CODEBOOKS / "sme.toml"


def evidence(file, into, *more, codebook=SME, as_of="2027-03-31", period="March 2027"):
    """Run the command in this process and return its exit code, what it printed, and the error it raised for `main` to tell."""
    arguments = ["ingest", "survey", file, "--codebook", codebook, "--as-of", as_of, "--into", into, "--period", period, *more]
    done = CliRunner().invoke(cli.app, [str(argument) for argument in arguments])
    return done.exit_code, done.output, done.exception if isinstance(done.exception, EvidenceError) else None


def rows(overlay, source="demos"):
    with (overlay / "figures" / f"{source}.csv").open(encoding="utf-8", newline="") as stream:
        return {row["id"]: row for row in csv.DictReader(stream)}


@pytest.fixture(scope="module")
def wave(firms_csv, tmp_path_factory):
    """The overlay of a generated wave."""
    into = tmp_path_factory.mktemp("wave") / "overlay"
    code, text, error = evidence(firms_csv, into)
    assert (code, error) == (0, None), text
    return into


def test_the_command_is_there_from_the_shell(firms_csv, tmp_path):
    command = ["ingest", "survey", firms_csv, "--codebook", SME, "--as-of", "2027-03-31", "--into", tmp_path / "overlay"]
    done = subprocess.run(
        [sys.executable, "-m", "evidence.cli", *map(str, command)], capture_output=True, text=True, check=False, cwd=paths.ROOT, timeout=120
    )
    assert (done.returncode, (tmp_path / "overlay" / "wave.json").exists()) == (0, True), done.stderr
    assert f"evidence rerun --data {tmp_path / 'overlay'}" in done.stdout


def test_the_records_say_what_the_answers_say(wave):
    frame, found = firms(), rows(wave)
    small = frame[frame["size"] == "Small"]
    share = 100 * (small["activity_outreach"] == "Now").mean()
    row = found["sme.outreach.small"]
    assert (row["stated"], row["value"]) == (f"{share:.0f}%", f"{share:.0f}")
    assert row["quote"].startswith(f"sme.outreach.small: {share:.0f}% (unweighted; respondents: 125; effective: 124")
    assert (row["as_of"], row["period"], row["series"], row["category"]) == ("2027-03-31", "March 2027", "sme.outreach", "Small")
    assert (found["sample.size"]["stated"], found["sample.size"]["precision"]) == ("500", "exact")


def test_what_the_document_derives_follows_from_the_wave(wave):
    # 37% of 5,681,930 firms are 2.10 million; at £8,900 each, £18.7 billion
    found = rows(wave)
    assert found["impact.apprentice.more-likely.share"]["stated"] == "37%"
    assert (found["impact.apprentices.high"]["stated"], found["impact.apprentice.growth.high"]["stated"]) == (
        "2.10 million",
        "£18.7 billion",
    )
    assert found["impact.apprentices.high"]["period"] == "March 2027"
    assert found["impact.apprentices.high"]["note"] == "Recomputed from impact.apprentice.more-likely.share, computed.sme.count"


def test_a_hedge_that_is_no_longer_true_goes_where_the_document_has_none(library):
    # 32% of 22% is 7.04%, which "up to 9%" cannot become, but the 9% of another place can
    old = next(row for row in library.rows("figures") if row["id"] == "impact.advice.more-likely.share")
    row = {name: old[name] for name in old if not name.startswith("_")} | {"stated": "32%", "value": "32", "as_of": "2027-03-31"}
    (made,) = derive(("impact.productivity.high",), [row], library, WaveName("2027-03-31", "March 2027", False)).rows
    assert (made["stated"], made["value"]) == ("7%", "7")


def test_without_a_new_input_what_is_derived_stays(library):
    assert derive(("impact.apprentices.high",), [], library, WaveName("2027-03-31", "March 2027", False)).rows == []


def test_what_the_document_says_in_words_is_left_to_an_author(wave, library):
    new = [row for row in rows(wave).values() if row["id"] == "sample.region.london"]
    tables = {table.name: library.all_rows(table.name) for table in schema.tables()}
    said = {"stated": "a sixth", "value": "50/3"}
    tables["figures"] = [row | (said if row["id"] == "sample.region-share.london" else {}) for row in tables["figures"]]
    found = derive(("sample.region-share.london",), new, Library(tables), WaveName("2027-03-31", "March 2027", False))
    assert found.rows == []
    assert "an author must choose" in found.unstated[0]


def test_an_interval_stands_beside_a_share_and_not_beside_the_sample_or_an_extreme(wave):
    found = rows(wave)
    low, high = (float(found[f"sme.outreach.small.interval.{end}"]["value"]) for end in ("low", "high"))
    assert low < float(found["sme.outreach.small"]["value"]) < high
    assert "sample.region-share.london.interval.low" not in found
    assert "policy.effect.headcount.low.interval.low" not in found


def test_the_library_takes_the_wave_and_its_shares_of_regions_follow_from_the_counts(wave, tmp_path):
    library = make_snapshot(wave, tmp_path / "snapshot")
    found = verdicts(library)
    regions = ("london", "south", "midlands", "north", "rest")
    assert {found[f"sample.region-share.{region}"].word for region in regions} == {"reproduced"}
    assert found["sample.size"].word == "reproduced"
    assert library.figure("sme.outreach.small").as_of == "2027-03-31"


def test_charts_draw_the_interval_of_the_wave(wave, tmp_path):
    library = make_snapshot(wave, tmp_path / "snapshot")
    marks = chart_data(library, "coordination.barriers").rows.set_index("id")
    found = rows(wave)
    assert marks.loc["sme.barriers.finance", "low"] == float(found["sme.barriers.finance.interval.low"]["value"])
    assert marks.loc["sme.barriers.finance", "high"] == float(found["sme.barriers.finance.interval.high"]["value"])


def test_quotes_are_proved_by_the_report_beside_the_texts_of_the_sources(wave, tmp_path):
    library = make_snapshot(wave, tmp_path / "snapshot")
    texts = tmp_path / "texts"
    texts.mkdir()
    for source in library.rows("sources"):
        if source["seed"]:
            (texts / source["seed"]).write_text("No words of the source are at hand.", encoding="utf-8")
    before = verify(library, texts)
    shutil.copy(wave / "wave-demos-2027-03-31.md", texts)
    after = verify(library, texts)
    assert (before.found, after.found) == (0, len(rows(wave)))


def test_every_figure_of_a_wave_comes_with_a_receipt_of_its_report(wave, tmp_path):
    found, orphans = held(make_snapshot(wave, tmp_path / "snapshot"))
    ours = [one for one in found if one.row.get("as_of") == "2027-03-31" and one.row["source"] == "demos"]
    assert len(ours) == len(rows(wave))
    assert {(one.fits, one.receipt["how"], one.receipt["document"]) for one in ours} == {(True, "text", "wave-demos-2027-03-31.md")}
    assert orphans == []


def test_the_report_tells_the_design_and_no_answer_of_a_respondent(wave):
    report, machine = (wave / "wave-demos-2027-03-31.md").read_text(encoding="utf-8"), (wave / "wave.json").read_text(encoding="utf-8")
    assert "respondents: 500; effective: 500; design effect of the weights: 1.00" in report
    assert "not raked; from 1.00 to 1.00 of their mean" in report
    assert "nothing was tested" in report
    assert [text for text in (report, machine) if "firm 1" in text or "generated for tests" in text] == []


def test_raking_weighs_sizes_as_there_are_firms(firms_csv, tmp_path):
    assert evidence(firms_csv, tmp_path / "overlay", "--rake")[0] == 0
    told = json.loads((tmp_path / "overlay" / "wave.json").read_text(encoding="utf-8"))
    small = next(row for row in told["margins"] if row["category"] == "Small")
    assert small["population"] == pytest.approx(100 * 220085 / 5681930)
    assert (small["before"], small["after"]) == (25, pytest.approx(small["population"]))
    assert told["design_effect"] > 2
    report = (tmp_path / "overlay" / "wave-demos-2027-03-31.md").read_text(encoding="utf-8")
    assert "The codebook does not rake: The report prints an equal split" in report


@pytest.mark.parametrize("earlier", ["report", "export"])
def test_a_later_wave_is_tested_against_the_earlier_one(wave, firms_csv, tmp_path, earlier):
    later = write(firms(seed=9, outreach=(0.4, 0.35, 0.71, 0.75)), tmp_path)
    previous = wave / "wave.json" if earlier == "report" else firms_csv
    code, text, _ = evidence(later, tmp_path / "overlay", "--previous", previous, as_of="2028-03-31")
    told = json.loads((tmp_path / "overlay" / "wave.json").read_text(encoding="utf-8"))
    changed = {change["figure"] for change in told["changes"] if change["differs"]}
    assert code == 0
    assert "sme.outreach.sole-trader" in changed
    assert "sme.outreach.medium" not in changed
    assert "figures differ from the earlier wave: sme.outreach.sole-trader" in text


@pytest.mark.parametrize(
    ("panel", "earlier", "told", "most"),
    [
        ("true", "export", "500 respondents were asked in both waves: what their answers have in common is allowed for.", 1),
        ("false", "export", "Counted as waves of different respondents: nothing in the codebook names the same respondent in both.", 0),
        ("true", "report", "Counted as waves of different respondents: a report of the earlier wave names none.", 0),
    ],
)
def test_those_who_were_asked_twice_are_counted_and_told(wave, firms_csv, tmp_path, panel, earlier, told, most):
    codebook = tmp_path / "panel.toml"
    codebook.write_text(f"panel = {panel}\n" + (CODEBOOKS / "sme.toml").read_text(encoding="utf-8"), encoding="utf-8")
    previous = wave / "wave.json" if earlier == "report" else firms_csv
    code, _, error = evidence(firms_csv, tmp_path / "overlay", "--previous", previous, as_of="2028-03-31", codebook=codebook)
    assert code == 0, error
    made = json.loads((tmp_path / "overlay" / "wave.json").read_text(encoding="utf-8"))
    assert made["linked"].startswith(told)
    # the same answers of the same people: nothing can have changed, and every estimate goes with itself
    varied = [change for change in made["changes"] if change["before"]["error"] > 0]
    assert varied
    assert [round(change["correlation"], 6) for change in varied] == [most] * len(varied)
    assert told in (tmp_path / "overlay" / "wave-demos-2028-03-31.md").read_text(encoding="utf-8")


def test_running_numbers_in_both_waves_are_doubted_aloud(tmp_path):
    file = write(firms().assign(respondent=range(1, 501)), tmp_path)
    code, text, error = evidence(file, tmp_path / "overlay", "--previous", file)
    assert code == 0, error
    assert "500 respondents were asked in both waves" in text
    assert "Both number them from 1 on; say panel = false if they are other people." in text.replace("\n", " ")


def test_too_few_respondents_are_withheld_and_told_by_the_exit_code(tmp_path):
    frame = firms(60)
    frame.loc[(frame["size"] == "Micro") & (frame.index > 30), "activity_outreach"] = None
    code, text, _ = evidence(write(frame, tmp_path), tmp_path / "overlay")
    found = rows(tmp_path / "overlay")
    assert code == 1
    assert "withheld: sme.outreach.micro rests on fewer than 10 respondents" in text
    assert [key for key in found if key.startswith("sme.outreach.micro")] == []
    told = json.loads((tmp_path / "overlay" / "wave.json").read_text(encoding="utf-8"))
    (held,) = (figure for figure in told["figures"] if figure["figure"] == "sme.outreach.micro")
    assert set(held) == {"figure", "kind", "group", "category", "withheld"}


@pytest.mark.parametrize("form", ["csv", "xlsx", "sav"])
def test_the_survey_of_people_comes_from_every_form(tmp_path, form):
    code, text, _ = evidence(write(people(400), tmp_path, form=form), tmp_path / "overlay", codebook=CODEBOOKS / "perceptions.toml")
    assert code == 0, text
    found = rows(tmp_path / "overlay", "interact")
    assert found["perceptions.survey.respondents"]["stated"] == "400"
    assert rows(tmp_path / "overlay", "interact-survey")["official.interact-survey.respondents"]["stated"] == "400"
    assert found["perceptions.jobs-destroyed"]["value"] == str(
        round(100 * people(400)["technology_destroys_jobs"].str.endswith("gree").mean())
    )
    assert make_snapshot(tmp_path / "overlay", tmp_path / "snapshot").figure("perceptions.poorly-paid").period == "March 2027"


def test_machines_get_the_report_as_json(firms_csv, tmp_path):
    code, text, _ = evidence(firms_csv, tmp_path / "overlay", "--format", "json", "--period", "spring 2027")
    told = json.loads(text)
    assert (code, told["respondents"], told["period"], told["correction"]) == (0, 500, "spring 2027", "holm")


def test_an_overlay_is_written_anew_and_no_other_folder_is(firms_csv, wave, tmp_path):
    shutil.copytree(wave, tmp_path / "overlay")
    (tmp_path / "overlay" / "figures" / "demos.csv").unlink(missing_ok=True)
    assert evidence(firms_csv, tmp_path / "overlay")[0] == 0
    assert sorted(path.name for path in (tmp_path / "overlay").iterdir()) == sorted(path.name for path in wave.iterdir())
    (tmp_path / "left.txt").write_text("left", encoding="utf-8")
    assert "holds something else" in str(evidence(firms_csv, tmp_path)[2])
    assert "no overlay is ever written into one" in str(evidence(firms_csv, paths.data_dir() / "wave")[2])


@pytest.mark.parametrize(
    ("more", "as_of", "message"),
    [
        ([], "2026-04-30", "the library has it as of 2026-04-30; this wave is dated 2026-04-30"),
        (["--previous", "nowhere.json"], "2027-03-31", "nowhere.json: no such file"),
        (["--previous", str(paths.data_dir() / "datapackage.json")], "2027-03-31", "no report of a wave"),
    ],
)
def test_what_cannot_be_used_is_told(firms_csv, tmp_path, more, as_of, message):
    assert message in str(evidence(firms_csv, tmp_path / "overlay", *more, as_of=as_of)[2])
    assert not (tmp_path / "overlay").exists()


def test_a_report_of_another_survey_is_no_earlier_wave(wave, tmp_path):
    file, codebook = write(people(100), tmp_path), CODEBOOKS / "perceptions.toml"
    _, _, error = evidence(file, tmp_path / "overlay", "--previous", wave / "wave.json", codebook=codebook)
    assert "is about source demos, this wave about interact" in str(error)


def test_a_raked_wave_is_not_compared_with_one_that_is_not(wave, firms_csv, tmp_path):
    _, _, error = evidence(firms_csv, tmp_path / "overlay", "--rake", "--previous", wave / "wave.json", as_of="2028-03-31")
    assert str(error) == "wave.json: is not raked, this wave raked. Take in both in the same way; see --rake."


def test_the_month_of_publication_is_not_when_anybody_was_asked(firms_csv, tmp_path):
    assert evidence(firms_csv, tmp_path / "overlay", period="")[0] == 0
    assert rows(tmp_path / "overlay")["sme.outreach.small"]["period"] == ""
    assert "Respondents were asked in: not told." in (tmp_path / "overlay" / "wave-demos-2027-03-31.md").read_text(encoding="utf-8")


def test_a_day_that_is_none_is_wrong_usage(firms_csv, tmp_path):
    assert evidence(firms_csv, tmp_path / "overlay", as_of="March 2027")[0] == 2


def test_nobody_pays_for_the_packages_of_surveys_who_takes_in_none():
    code = "import sys, evidence.chapter, evidence.gates, evidence.cli; print(sorted({'scipy', 'statsmodels', 'humanleague', 'pyreadstat', 'openpyxl'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.strip() == "[]"


def test_a_missing_package_is_named_with_the_command_that_brings_it(firms_csv, tmp_path, monkeypatch):
    monkeypatch.setattr("evidence.survey.wave.PACKAGES", ("evidence", "no_such_package"))
    message = str(evidence(firms_csv, tmp_path / "overlay")[2])
    assert message == "no_such_package not installed. Surveys need an extra of the library; run: make survey"
