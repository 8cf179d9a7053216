"""The claim desk and the search, in one visit of a browser: which record answers a number, and that nothing false is called safe."""

import csv
import json
from pathlib import Path

import pytest
from browsing import SCREENS, here, leave, open_page, visit

HERE = Path(__file__).parent
ASK = """async texts => {
  const desk = await evidenceFind.desk();
  return texts.map(text => desk.answer(text).map(line => [line.state, line.record ? line.record.row[1] : ""]));
}"""
FIND = """async texts => {
  const desk = await evidenceFind.desk();
  return texts.map(text => desk.search(text, 100000).map(found => found.record ? found.record.row[1] : (found.entry || found.page)[found.entry ? 1 : 0]));
}"""


def table(name):
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def desk(browser, address):
    """The page of the desk."""
    page, errors, strangers = visit(browser, f"{address}/chapters/claim-desk.html", SCREENS["wide"])
    yield page
    assert (errors, strangers) == ([], [])
    page.context.close()


@pytest.mark.parametrize(("hand", "least"), [("paraphrases.csv", 100), ("paraphrases-by-another.csv", 150)])
def test_the_right_record_comes_first_for_nine_paraphrases_in_ten(hand, least, desk):
    """The second hand wrote from the records alone, in sloppy words, and its first hundred without having seen how the desk reads."""
    rows = table(hand)
    assert len(rows) >= least
    answers = desk.evaluate(ASK, [row["text"] for row in rows])
    searches = desk.evaluate(FIND, [row["text"] for row in rows])
    missed = []
    for row, lines, found in zip(rows, answers, searches, strict=True):
        wanted = row["figures"].split()
        if not (found and found[0] in wanted and any(identifier in wanted for _, identifier in lines)):
            missed.append((row["text"], lines, found[:3]))
    assert len(missed) <= len(rows) / 10, missed


def test_a_place_that_a_question_names_is_among_the_first_answers_to_it(desk):
    found = desk.evaluate(FIND, ["Is Leeds left behind?", "apprenticeships in Milton Keynes", "is coworking leeds to work"])
    assert [("Leeds" in found[0][:3], "Milton Keynes" in found[1][:3]), "Leeds" in found[2][:3]] == [(True, True), False]


def test_the_examples_begin_with_a_number_that_is_not_to_be_repeated(browser, address):
    page, errors, _ = visit(browser, f"{address}/chapters/claim-desk.html", SCREENS["phone"])
    examples = page.locator(".desk-examples button")
    examples.first.wait_for()
    assert examples.count() == 3
    examples.first.click()
    page.get_by_text("Repeat it?", exact=True).first.wait_for()
    assert "\nNo. " in page.inner_text("article")
    assert errors == []
    leave(page)


def test_what_a_record_is_about_is_said_once(desk):
    said = desk.evaluate("""async () => {
      const desk = await evidenceFind.desk();
      const [line] = desk.answer("6% of sole traders partner with others on local skills outreach");
      return evidenceList.about(desk, line.record.row).toLowerCase().split(", ");
    }""")
    assert "sole traders" in said
    assert len(said) == len(set(said))


def test_no_mistaken_sentence_is_called_safe(desk):
    rows = table("mistaken.csv")
    assert len(rows) >= 100
    answers = desk.evaluate(ASK, [row["text"] for row in rows])
    wrong = [(row, lines) for row, lines in zip(rows, answers, strict=True) if {"safe", "care"} & {state for state, _ in lines}]
    assert wrong == []


def test_a_sentence_that_says_what_its_record_says_is_called_safe(desk):
    texts = ["about 957,000 people aged 16 to 24 are NEET", "75.7% of people aged 16 to 64 were in employment in 2023"]
    states = [lines[0][0] for lines in desk.evaluate(ASK, texts)]
    assert set(states) <= {"safe", "care"}


def test_every_figure_is_found_by_its_printed_number(desk, site):
    figures = json.loads((site / "ledger.json").read_text(encoding="utf-8"))["figures"]
    found = desk.evaluate(FIND, [figure["shown"] for figure in figures])
    assert len(figures) > 470
    assert [figure["id"] for figure, ids in zip(figures, found, strict=True) if figure["id"] not in ids] == []


@pytest.mark.parametrize(
    "one, other",
    [
        ("coworking", "co-working"),
        ("programme", "program"),
        ("organisation", "organization"),
        ("£28bn", "28 billion pounds"),
        ("12.8%", "12.8 per cent"),
    ],
)
def test_spellings_find_the_same(desk, one, other):
    first, second = desk.evaluate(FIND, [one, other])
    assert first
    assert first[0] == second[0]


def test_other_spellings_of_a_number_lead_to_it(desk):
    texts = ["£28bn", "28 billion", "£27.7bn", "twenty-eight billion pounds"]
    assert {found[0] for found in desk.evaluate(FIND, texts)} == {"impact.growth.total.high"}


def test_the_search_finds_chapters_places_findings_and_words(desk):
    chapter, place, word, finding = desk.evaluate(
        FIND, ["long tail that falls behind", "Bradford", "NEET", "trust failures of coordination"]
    )
    assert chapter[0] == "Why small firms fail to coordinate"
    assert (place[0], word[0]) == ("Bradford", "NEET")
    assert finding


QUESTIONS = {
    "who wrote this": "Made Together",
    "what should a council do first": "If you are a council",
    "is coworking good for skills": "What coworking spaces do for skills",
    "how do I report an error": "How to read this book",
    "what do schools do": "If you are a school",
    "licence": "The data library",
    "is my town left behind": "Which places are left behind?",
}
"""What readers ask in their own words, and a page that is to be among the first six things found; each was looked up by hand."""


def test_a_question_leads_to_the_page_that_answers_it_and_to_no_guide_before_it(desk):
    found = dict(zip(QUESTIONS, desk.evaluate(FIND, list(QUESTIONS)), strict=True))
    assert {asked: titles[:6] for asked, titles in found.items() if QUESTIONS[asked] not in titles[:6]} == {}
    guides = {"Commands", "How it is built", "What a book adds to the engine", "Take part"}
    assert {asked: titles[0] for asked, titles in found.items() if titles[0] in guides} == {}


def test_the_desk_answers_as_one_types_and_keeps_the_question_behind_the_hash(browser, address):
    page, errors, _ = visit(browser, f"{address}/chapters/claim-desk.html", SCREENS["phone"])
    page.locator(".desk-examples").wait_for()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_role("textbox", name="A number, a sentence, or words").fill("12.8%")
    answer = page.locator(".desk-answer")
    answer.wait_for()
    assert answer.get_attribute("data-figure") == "official.neet.share"
    assert here(page).endswith("#q=12.8%25")
    assert [url for url in asked if not url.endswith("favicon.svg")] == []
    page.reload()
    page.locator(".desk-answer").wait_for()
    answer.get_by_role("link", name="12.8%").click()
    page.get_by_role("dialog").get_by_text("Cite").first.wait_for()
    assert errors == []
    page.context.close()


def test_the_desk_works_from_the_disk(browser, site):
    page, errors, _ = open_page(browser, SCREENS["wide"])
    page.goto((site / "chapters" / "claim-desk.html").as_uri() + "#q=12.8%25")
    page.locator(".desk-answer[data-figure='official.neet.share']").wait_for()
    assert errors == []
    page.context.close()
