"""Lies about charts, told over the whole book: what stands beside a picture is believed like the picture, and is held against the records it draws."""

import re
from dataclasses import replace
from itertools import combinations

from lies import Lies, negated, reversed_
from whole import LIBRARY, with_rows

from evidence import paths
from evidence.statements import chapter_files, library_prose, read_page
from evidence.statements.captions import wrong_captions, wrong_labels
from evidence.statements.checking import check_passages
from evidence.statements.prose import Block

CHARTS = LIBRARY.rows("charts")
PROSE = ("title", "subtitle", "description")


def told(rows):
    """Return the rules that the prose of some charts breaks, `value` for a link that does not hold."""
    changed = {row["id"]: row for row in rows}
    library = with_rows(charts=[changed.get(row["id"], row) for row in CHARTS])
    names = {row["id"] for row in rows}
    passages = [passage for passage in library_prose(library, "charts") if passage.place.name in names]
    checked = check_passages(passages, LIBRARY)
    drawn = [problem.rule for problem in wrong_captions(library) if problem.place.name in names]
    return (
        drawn
        + [problem.rule for problem in checked.faults]
        + ["value" for s in checked.statements if not s.holds]
        + ["unbound" for _ in checked.unbound]
    )


def relabelled(labels):
    """Return the rules that figures break whose categories are exchanged, given as a label by id."""
    rows = [row | {"category": labels.get(row["id"], row["category"])} for row in LIBRARY.rows("figures")]
    return [problem.rule for problem in wrong_labels(with_rows(figures=rows))]


def drawn(row):
    return [figure for name in row["series"].split() for figure in LIBRARY.series.get(name, ())]


OF_FIGURES = [row for row in CHARTS if drawn(row)]


def test_the_true_charts_raise_no_alarm():
    assert len(OF_FIGURES) > 20
    assert list(wrong_labels(LIBRARY)) == []
    assert told(CHARTS) == []


def test_labels_rotated_in_a_series_are_found_out():
    lies = Lies("labels rotated", 0.95, "label")
    for name, figures in LIBRARY.series.items():
        labels = [figure.category for figure in figures]
        for step in range(1, len(labels)):
            turned = labels[step:] + labels[:step]
            if turned != labels:
                ids = [figure.id for figure in figures]
                lies.tell(f"{name}: {turned}", relabelled(dict(zip(ids, turned, strict=True))))
    lies.held()


def test_a_label_that_its_record_does_not_know_is_found_out():
    lies = Lies("labels made up", 0.99, "label")
    for figures in (figures for figures in LIBRARY.series.values() if len(figures) > 1):
        lies.tell(f"{figures[0].id}: Penguins", relabelled({figures[0].id: "Penguins"}))
    lies.held()


def test_series_changed_over_are_found_out():
    lies = Lies("series changed over", 0.95, "label", at_least=4)
    for row in (row for row in CHARTS if row["labels"]):
        names = row["series"].split()
        for one, other in combinations(range(len(names)), 2):
            swapped = list(names)
            swapped[one], swapped[other] = names[other], names[one]
            changed = [one | {"series": " ".join(swapped)} if one is row else one for one in CHARTS]
            lies.tell(f"{row['id']}: {row['labels']}", [problem.rule for problem in wrong_labels(with_rows(charts=changed))])
    lies.held()


def test_a_chart_of_other_data_under_the_same_words_is_found_out():
    lies = Lies("charts changed over", 0.95, "drawn")
    for place, row in enumerate(OF_FIGURES):
        other = OF_FIGURES[place - 1]
        lies.tell(
            f"{row['id']} draws {other['series']}",
            told([row | {"series": other["series"]}]) if row["series"] != other["series"] else ["same"],
        )
    lies.held()


def test_alternative_texts_turned_round_are_found_out():
    lies = Lies("alternative texts", 0.95, "unlinked", at_least=15)
    for row in OF_FIGURES:
        lie = reversed_(row["description"])
        if lie != negated(row["description"]):
            lies.tell(f"{row['id']}: {lie}", told([row | {"description": lie}]), row["description"])
    lies.held()


def test_words_of_one_chart_beside_another_are_found_out():
    for column in PROSE:
        lies = Lies(f"{column} of another chart", 0.95, "drawn")
        for place, row in enumerate(OF_FIGURES):
            other = OF_FIGURES[place - 1]
            if other["series"] != row["series"]:
                lies.tell(f"{row['id']}: {other[column]}", told([row | {column: other[column]}]), row[column])
        lies.held()


OTHERS = """young people>older people|pensioners|single parents
Young people>Older people|Retired people
people aged 16 to 24>people over 50|women aged 16 to 24
Working parents>Single parents|Retired parents|Unemployed parents
working-class homes>rural homes|immigrant homes|rented homes
firms>family firms|charities|farms|schools|foreign firms
SMEs>large firms|start-ups|exporters|charities
sole traders>limited companies|freelancers|large firms
medium-sized firms>listed firms|state-owned firms
apprentices>graduates|interns|school leavers
apprenticeships>degrees|internships|traineeships
Apprenticeship starts>Apprenticeship completions|Traineeship starts|Apprenticeship vacancies
all employee jobs>all part-time jobs|all temporary jobs|self-employed jobs
Weekly pay>Hourly pay|Annual pay|Weekly rent
by residence>by workplace|by birthplace
neighbourhoods>households|villages
employment rate>unemployment rate|inactivity rate|vacancy rate|full-time employment rate
per head>per household|per hour
local suppliers>foreign suppliers|national suppliers
Growth Hubs>Job Centres|Chambers of Commerce
percent>percentage points|pounds|index|per thousand
pounds>dollars|euros|percent|pounds an hour
in the media>in the pub|in schools
all employee jobs>all vacancies|all unemployed people|all firms
firms>employees|unemployed people|customers
young people>employers|employees
SMEs>employees|councils
apprentices>employers|unemployed people
neighbourhoods>firms|employees"""
"""Words of captions, and others that would make them about somebody or something else."""


def test_another_population_status_measure_or_unit_in_a_caption_is_found_out():
    lies = Lies("captions about others", 0.9, "foreign", at_least=150)
    for was, others in (line.split(">") for line in OTHERS.splitlines()):
        for row, column in ((row, column) for row in OF_FIGURES for column in PROSE):
            shown = re.sub(r"\]\([^)]*\)", lambda link: "~" * len(link[0]), row[column])
            if found := re.search(rf"(?<![\w-]){was}(?![\w-])", shown):
                for other in others.split("|"):
                    lie = row[column][: found.start()] + other + row[column][found.end() :]
                    lies.tell(f"{row['id']}: {other}", told([row | {column: lie}]), was)
    lies.held()


def captions():
    """Return the captions of tables, and the lines about headline numbers, which stand in calls of views."""
    return [
        passage
        for path in chapter_files(paths.chapters_dir())
        for passage in read_page(path)
        if passage.records and passage.place.cell and not passage.block.links
    ]


def test_captions_of_tables_and_lines_of_headline_numbers_name_nobody_else_and_judge_nothing():
    """A place, a period or an age that no record of the table has; and a judgement on all of them."""
    assert len(captions()) > 10
    lies = Lies("captions and headline lines", 0.95, "foreign")
    strange = ("in Leeds", "in 2009", "aged over 80", "in Norfolk")
    for passage in captions():
        assert not check_passages([passage], LIBRARY).faults, passage.block.text
        for more in (*strange, "which nobody in Bradford doubts"):
            lie = replace(passage, block=Block(f"{passage.block.text} {more}", 1))
            lies.tell(lie.block.text, [problem.rule for problem in check_passages([lie], LIBRARY).faults])
    lies.held()
