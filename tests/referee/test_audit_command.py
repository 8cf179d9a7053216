"""`evidence audit` as it is typed: formats, pages, suppressions, files that are no reports, and the library."""

import json
import re
import time
from pathlib import Path
from xml.etree import ElementTree

import pytest
from command import evidence
from jsonschema import validate
from reading import REPORTS

from evidence.paths import ROOT

DRAFT = str(ROOT / "tests/fixtures/audit/draft.md")
STAND = str(ROOT / "tests/fixtures/audit/let-stand.csv")
FAULTS = ["change", "words against numbers", "sum", "points against percent", "list"]
"""What is wrong in the draft, line by line."""


@pytest.fixture
def right(tmp_path):
    path = tmp_path / "right.md"
    path.write_text(REPORTS["warm-homes.md"], encoding="utf-8")
    return str(path)


def test_the_exit_code_tells_whether_there_are_alarms(right, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert evidence("audit", right)[0] == 0
    code, text, _ = evidence("audit", DRAFT)
    assert code == 1
    assert re.findall(r"^([a-z ]+) \((?:high|medium)\) draft\.md, line \d+$", text, re.MULTILINE) == FAULTS
    assert "£2.1 million + £0.7 million + £0.6 million = 3,400,000; stated £3.2 million" in text


def test_all_that_was_compared_is_told_when_asked(right):
    _, brief, _ = evidence("audit", right)
    _, long, _ = evidence("audit", right, "--compared")
    assert "0 alarms" in brief
    assert "£7.1 million + £3.8 million + £1.5 million = 12,400,000" in long
    assert len(long.splitlines()) > len(brief.splitlines()) + 20


def test_what_is_too_long_to_be_read_as_a_sentence_is_told(tmp_path):
    heaps = {"numbers": " and ".join(f"{number} firms" for number in range(101, 250)), "words": "of firms " * 400}
    path = tmp_path / "heaps.md"
    path.write_text("\n\n".join(["In 2025, 45% of firms hired.", *(f"In all, 60% {words}." for words in heaps.values())]), encoding="utf-8")
    assert "heaps.md: 1 numbers read" in evidence("audit", path).printed
    assert "Nothing was read in 2 heaps of words or numbers." in evidence("audit", path).printed
    assert "heaps" not in evidence("audit", DRAFT).printed


def test_json_holds_alarms_with_their_place_and_all_comparisons():
    code, text, _ = evidence("audit", DRAFT, "--format", "json", "--suppress", STAND)
    (report,) = json.loads(text)["reports"]
    assert code == 1
    assert [alarm["line"] for alarm in report["alarms"]] == [7, 8, 13, 14]
    assert [one["reason"] for one in report["excused"]] == ["The fourth is not to be named before its staff have been told."]
    assert len(report["compared"]) > len(report["alarms"])
    first = report["alarms"][0]
    assert [first["text"][start:end] for start, end in first["marked"]] == ["420,000", "315,000", "35%"]


def test_sarif_has_a_result_with_rule_level_and_line_for_each_alarm():
    _, text, _ = evidence("audit", DRAFT, "--format", "sarif", "--suppress", STAND)
    log = json.loads(text)
    (run,) = log["runs"]
    assert log["version"] == "2.1.0"
    assert {result["ruleId"] for result in run["results"]} <= {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert [result["locations"][0]["physicalLocation"]["region"]["startLine"] for result in run["results"]] == [7, 8, 13, 14, 15]
    assert ["suppressions" in result for result in run["results"]] == [False] * 4 + [True]
    assert {result["level"] for result in run["results"]} <= {"error", "warning", "note"}


def closed(required=(), **properties):
    """Return the schema of an object that has these properties and no others."""
    return {"type": "object", "required": list(required), "properties": properties, "additionalProperties": False}


def many(items):
    return {"type": "array", "items": items, "uniqueItems": True}


WORDS, COUNT = {"type": "string", "minLength": 1}, {"type": "integer", "minimum": 1}
ADDRESS = {"type": "string", "pattern": r"^[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+$", "not": {"pattern": "%(?![0-9A-F]{2})"}}
PLACE = closed(["artifactLocation"], artifactLocation=closed(["uri"], uri=ADDRESS), region=closed(["startLine"], startLine=COUNT))
RESULT = closed(
    ["message"],
    ruleId=WORDS,
    level={"enum": ["none", "note", "warning", "error"]},
    message=closed(["text"], text=WORDS),
    locations=many(closed([], physicalLocation=PLACE)),
    suppressions=many(closed(["kind"], kind={"enum": ["inSource", "external"]}, justification=WORDS)),
)
TOOL = closed(["driver"], driver=closed(["name"], name=WORDS, rules=many(closed(["id"], id=WORDS))))
LOG = closed(
    ["version", "runs"],
    version={"const": "2.1.0"},
    **{"$schema": WORDS},
    runs={"type": "array", "items": closed(["tool"], tool=TOOL, results={"type": "array", "items": RESULT})},
)
"""What the standard SARIF 2.1.0 demands of the parts that are written here, copied from its text by hand: names, required ones, and what each may hold."""


def test_sarif_keeps_to_its_standard_and_leads_to_the_file_as_it_was_named(tmp_path):
    (tmp_path / "our reports").mkdir()
    (tmp_path / "our reports" / "Größe 1.md").write_text("A majority of users (41%) agree.\n", encoding="utf-8")
    (tmp_path / "stand.csv").write_text("file,kind,text,reason\n,,Nothing of the kind,Because.\n", encoding="utf-8")
    named = "our reports/Größe 1.md"
    for given in ([named], [str(tmp_path / named)], [named, "--suppress", "stand.csv"], [DRAFT, "--suppress", STAND]):
        log = json.loads(evidence("audit", *given, "--format", "sarif", folder=tmp_path)[1])
        validate(log, LOG)
        assert given[0] == DRAFT or log["runs"][0]["results"]
    log = json.loads(evidence("audit", named, "--format", "sarif", folder=tmp_path)[1])
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "our%20reports/Gr%C3%B6%C3%9Fe%201.md"}, "region": {"startLine": 1}}


def test_junit_fails_a_case_for_each_alarm():
    _, text, _ = evidence("audit", DRAFT, "--format", "junit", "--suppress", STAND)
    suite = ElementTree.fromstring(text).find("testsuite")
    assert [suite.get(name) for name in ("failures", "errors", "skipped")] == ["4", "0", "1"]
    assert all(case.get("name") and case.get("classname") for case in suite.findall("testcase"))
    assert len(suite.findall("testcase/failure")) == 4
    assert len(suite.findall("testcase/skipped")) == 1
    assert len(suite.findall("testcase")) == int(suite.get("tests"))


def test_the_page_marks_the_numbers_escapes_the_report_and_has_no_scripts(tmp_path):
    report, page = tmp_path / "odd.md", tmp_path / "page.html"
    report.write_text('# A <b>&\n\nA majority of users (41%) <script>say</script> "a < b & c".\n', encoding="utf-8")
    assert evidence("audit", str(report), "--page", str(page))[0] == 1
    html = page.read_text(encoding="utf-8")
    assert "<mark>41%</mark>" in html
    assert "<script" not in html
    assert "&quot;a &lt; b &amp; c&quot;" in html
    assert "is 50 to 100 percent, not 41%." in html


def test_an_idle_suppression_is_told_and_fails(right, tmp_path):
    table = tmp_path / "stand.csv"
    table.write_text("file,kind,text,reason\n,,Nothing of the kind,Because.\n", encoding="utf-8")
    code, text, _ = evidence("audit", right, "--suppress", str(table))
    assert code == 1
    assert 'stand.csv, row 2: the suppression of "Nothing of the kind" excuses no alarm.' in text


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("file,kind,text\n,,words\n", "Write the columns file, kind, text, reason."),
        ("file,kind,text,reason\n,,words,\n", "row 2, column reason: is empty."),
    ],
)
def test_a_suppression_without_a_reason_is_refused(right, tmp_path, content, told):
    table = tmp_path / "stand.csv"
    table.write_text(content, encoding="utf-8")
    code, _, complaint = evidence("audit", right, "--suppress", str(table))
    assert code == 1
    assert told in complaint


HOSTILE = {
    "noise.pdf": bytes(range(256)) * 40,
    "cut.pdf": b"%PDF-1.7\n1 0 obj\n<<",
    "latin.txt": "caf\xe9 £5".encode("latin-1"),
    "empty.md": b"",
    "sheet.xlsx": b"PK\x03\x04",
    "blank.html": b"<html><body><script>1</script></body></html>",
}


def test_what_is_no_report_ends_in_one_clear_error(tmp_path):
    told = {}
    for name, content in HOSTILE.items():
        (tmp_path / name).write_bytes(content)
        code, _, complaint = evidence("audit", str(tmp_path / name))
        told[name] = (code, "Traceback" in complaint, name in complaint, complaint.strip().count("\n"))
    told["absent"] = (evidence("audit", str(tmp_path / "absent.md"))[0], False, True, 0)
    assert told == dict.fromkeys(told, (1, False, True, 0))


def test_neither_reports_nor_library_is_wrong_usage():
    assert evidence("audit")[0] == 2
    assert evidence("audit", DRAFT, "--library")[0] == 2


def test_tables_of_html_are_added_up(tmp_path):
    rows = [("Area", "Homes", "Flats"), ("Ashby", "12", "3"), ("Burford", "15", "4"), ("Total", "37", "7")]
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    (tmp_path / "page.html").write_text(f"<html><body><h1>Homes</h1><table>{cells}</table></body></html>", encoding="utf-8")
    code, text, _ = evidence("audit", str(tmp_path / "page.html"))
    assert code == 1
    assert "12 + 15 = 27; stated 37" in text
    assert "3 + 4" not in text


def test_a_page_is_written_into_a_folder_that_is_not_there_yet(right, tmp_path):
    done = evidence("audit", right, "--page", tmp_path / "nobody" / "was here" / "page.html")
    assert (done.code, done.complained) == (0, "")
    assert "warm" in (tmp_path / "nobody" / "was here" / "page.html").read_text(encoding="utf-8").lower()


def test_an_audit_takes_less_than_the_square_of_its_pages_and_a_heap_of_numbers_no_longer_than_a_report(tmp_path):
    """How many seconds they are, `tests/benchmarks/referee.py` tells."""

    def pages(number):
        copies = range(number)
        return "\n\n".join(re.sub(r"\b(the|of)\b", rf"\1 m{chr(97 + copy % 26)}", REPORTS["skills-survey.md"]) for copy in copies)

    def spent(text):
        (tmp_path / "report.md").write_text(text, encoding="utf-8")
        begun = time.process_time()
        evidence("audit", str(tmp_path / "report.md"))
        return time.process_time() - begun

    ten, forty, heap = map(spent, (pages(10), pages(40), " ".join(f"from {number} to {number + 1} or" for number in range(20_000))))
    assert forty < 16 * ten
    assert heap < forty


def test_the_quotes_of_this_library_give_no_alarm_that_no_correction_covers():
    code, text, _ = evidence("audit", "--library")
    assert code == 0
    covered, corrections = map(int, re.search(r"(\d+) alarms covered by (\d+) corrections, 0 open", text).groups())
    assert covered >= corrections >= 3


def test_the_hook_for_others_names_the_command():
    hook = Path(ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    assert "entry: evidence audit\n" in hook
