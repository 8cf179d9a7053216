"""Whether something may be repeated: put a row in EXPECTED when a reader must be told yes, with care or no, and a fault where words must be refused."""

from collections import Counter

import pytest

from evidence import claims
from evidence.audit import verdicts
from evidence.catalog import load
from evidence.grading import strengths
from evidence.ledger.content import check_chapters, judge_claims
from evidence.repeating import LONGEST, RULE, Adviser, check_safe_words
from evidence.repeating.advice import fitting, length

EXPECTED = {
    # A correction calls it a contradiction, or the official share lies above it.
    "impact.university.firms.high": ("no", "contradicted"),
    "neet.young-adults.ratio": ("no", "contradicted"),
    "neet.youth.share": ("no", "contradicted"),
    # Its sum checks, and the model of the book gives a twentieth.
    "impact.growth.total.high": ("no", "doubted"),
    "assumption.take-up.high": ("no", "assumed"),
    # A model that draws from ranges, and what two firms' answers become when they are multiplied by all firms.
    "computed.growth.simulated.median": ("with care", "modelled"),
    "impact.productivity.low": ("with care", "projection"),
    "coworking.users.predicted": ("with care", "projection"),
    # Of technology firms alone; of a service that counts its own contacts; of what firms say they would do; of a sample without weights.
    "social-value.sme.burden": ("with care", "objection"),
    "case.bradford.people-engaged": ("with care", "own count"),
    "policy.effect.none.high": ("with care", "intention"),
    "sme.outreach.small": ("with care", "unweighted sample"),
    "case.north-notts.logo-visibility": ("with care", "testimony"),
    # Due again in May 2026; of 2012 and 2018/19; taken from a report that the report cites.
    "official.neet.share": ("with care", "overdue"),
    "careers.employer-contact.neet-none": ("with care", "old"),
    "official.manchester.local-spend.fourth-year": ("with care", "old"),
    "growth-hub.turnover": ("with care", "second hand"),
    # Made from a misprint; made from medians whose next release is due.
    "computed.university.firms.printed-part": ("with care", "from what fails"),
    "computed.pay.london-north-east": ("with care", "from what needs care"),
    # A threshold; official and current; made from official and current shares; a share that another number of the source gives; nothing else known.
    "careers.school-links.large-threshold": ("yes", "definition"),
    "official.deprivation.most-deprived-tenth.hull": ("yes", "statistics"),
    "computed.neet.background-ratio": ("yes", "ours"),
    "neighbourhoods.mission-critical.humber-share": ("yes", "confirmed"),
    "perceptions.jobs-destroyed": ("yes", "quoted"),
}


def advising(library):
    return Adviser(library, verdicts(library), {name: strength.word for name, strength in strengths(library).items()})


@pytest.fixture(scope="module")
def whole():
    return load()


@pytest.fixture(scope="module")
def adviser(whole):
    return advising(whole)


def test_the_rule_answers_for_each_kind_of_number(adviser):
    given = {name: (adviser.figure(name).answer, adviser.figure(name).rule) for name in EXPECTED}
    assert given == EXPECTED


def test_every_sentence_is_short_begins_with_its_answer_and_no_ground_is_idle(whole, adviser):
    advice = [adviser.figure(name) for name in whole.figures]
    advice += [adviser.finding(row["id"]) for row in whole.rows("findings")]
    advice += [adviser.claim(judged) for judged in judge_claims(whole).values()]
    assert [said.says for said in advice if length(said.says) > LONGEST or not said.says.lower().startswith(f"{said.answer}: ")] == []
    idle = {ground.name for _, grounds in RULE for ground in grounds} - {said.rule for said in advice}
    assert idle == {"undecided", "broken"}  # No claim of a book that builds is so.


def test_a_claim_is_no_safer_than_what_decides_it(whole, adviser):
    judged = judge_claims(whole)
    given = {
        name: adviser.claim(judged[name]).rule for name in ("headline-is-the-sum", "barriers-finance-and-capacity", "outreach-by-size")
    }
    assert given == {
        "headline-is-the-sum": "on what fails",
        "barriers-finance-and-capacity": "of those asked",
        "outreach-by-size": "on what needs care",
    }
    assert adviser.claim(None).says == "No: the numbers that decide it are not published yet."
    broken = claims.Judged(claims.known(whole)["outreach-by-size"], False, ())
    assert adviser.claim(broken).answer == "no"


def test_authors_have_words_for_every_correction_and_for_the_figures_that_the_book_states_most_often(whole):
    words = {(row["scheme"], row["target"]) for row in whole.rows("safe-words")}
    assert {row["id"] for row in whole.rows("corrections")} == {target for scheme, target in words if scheme == "correction"}
    assert sum(scheme == "figure" for scheme, _ in words) >= 50
    stated = Counter(statement.target for statement in check_chapters(whole).statements if statement.kind == "figure")
    often = [name for name, _ in stated.most_common(10) if name in whole.figures]
    assert [name for name in often if ("figure", name) not in words] == []


def test_words_of_an_author_on_a_record_come_before_those_on_its_corrections(adviser):
    assert adviser.figure("careers.school-links.small").says.startswith("With care: it is a survey of 2015")
    assert adviser.figure("careers.school-engagement.small").says == (
        "With care: surveys give very unlike shares of small firms; do not set them side by side as a trend."
    )


def test_that_a_release_is_due_is_added_to_the_words_of_an_author(adviser):
    assert adviser.figure("official.pay.median.uk").says == (
        "With care: it is the median of all employee jobs in April 2025, provisional; a newer release is due."
    )


def test_before_what_its_words_link_is_published_the_rule_speaks():
    """The model of the book is of November 2026; in May nobody could know what it gives."""
    advice = advising(load(as_of="2026-05-15")).figure("impact.growth.total.high")
    assert (advice.answer, advice.rule) == ("with care", "objection")


REFUSED = (
    ({"says": f"{'it is so and ' * 8}it is so."}, "expected at most 25"),
    ({"target": "careers.school-links.large-threshold", "says": "it is so. But it may be otherwise."}, "more than one sentence"),
    ({"target": "no.such-figure"}, "there is no figure no.such-figure"),
    ({"target": "impact.growth.total.high"}, 'found "yes", but the rule gives "no"'),
    ({"scheme": "correction", "target": "neet.norway", "answer": "with care"}, 'but the rule gives "no"'),
    ({"scheme": "finding", "target": "coworking.creative.non-left-behind.social-organic"}, 'but the rule gives "with care"'),
)


def test_words_that_are_long_mild_or_about_nothing_and_natures_of_nothing_are_refused(folder):
    row = {"scheme": "figure", "target": "perceptions.jobs-destroyed", "answer": "yes", "says": "it is so."}
    folder.write("safe-words.csv", [list(row), *(list((row | cells).values()) for cells, _ in REFUSED)])
    last = folder.add("natures.csv", {"figures": "nobody", "nature": "projection", "reason": "Made up for this test"})
    library = load(folder.path)
    problems = check_safe_words(library, advising(library))
    told = [message for _, message in REFUSED] + ["no figure is called nobody"]
    assert [problem.place.row for problem in problems] == [*range(2, 8), last]
    assert [message for message, problem in zip(told, problems, strict=True) if message not in str(problem)] == []


def test_the_longest_way_that_fits_is_taken_and_the_last_where_none_does():
    assert fitting("yes", ["word " * 24 + "word", "short"]) == "Yes: short."
    assert length(fitting("no", [("word " * 24).strip(), "short"])) == 25
    assert fitting("no", ["word " * 30 + "end"]).endswith("end.")
