"""Where the marks of the preview go: around the words as they are written, and nowhere that would break the page."""

from evidence.preview.marking import cleaned, shown, signed
from evidence.problems import Place, Problem

OPEN, CLOSE = "\U000f0000", "\U0010fffd"


def problem(line, column=0, end=0, message="wrong"):
    return Problem(Place("chapters/made.md", line=line), message, "Mend it.", column, end)


def page(body, *problems):
    return shown(f'<title>{OPEN}5{CLOSE}</title><article class="bd-article">{body}</article>', problems, "", 1)


def test_a_number_is_enclosed_and_a_link_as_a_whole():
    assert signed("Some 5 firms", [(0, problem(1, 6, 7), True)]) == f"Some {OPEN}5{CLOSE} firms"
    assert signed("Some [5](figure:a) firms", [(0, problem(1, 7, 8), True)]) == f"Some {OPEN}[5](figure:a){CLOSE} firms"


def test_a_link_that_leads_nowhere_is_left_as_its_text():
    assert signed("Some [5](figure:a) firms", [(0, problem(1, 7, 8), False)]) == f"Some {OPEN}5{CLOSE} firms"


def test_two_problems_of_one_line_keep_their_numbers_and_those_of_the_same_words_are_one_mark():
    second = "\U000f0001"
    assert signed("5 and 6", [(0, problem(1, 1, 2), True), (1, problem(1, 7, 8), True)]) == f"{OPEN}5{CLOSE} and {second}6{CLOSE}"
    assert signed("5", [(0, problem(1, 1, 2), True), (1, problem(1, 1, 2), True)]) == f"{second}5{CLOSE}"


def test_a_line_is_marked_after_its_markup_where_nothing_closer_is_known_and_a_row_of_a_table_is_not():
    assert signed("- a **bold 5**", [(0, problem(1), True)]) == f"- {OPEN}a **bold 5**{CLOSE}"
    assert signed("## 5 firms", [(0, problem(1), True)]) == f"## {OPEN}5 firms{CLOSE}"
    assert signed("| 5 | a |", [(0, problem(1), True)]) == "| 5 | a |"
    assert signed("one line", [(0, problem(7), True)]) == "one line"


def test_a_mark_ends_with_each_element_and_tells_what_is_wrong_with_all_of_it_escaped():
    html = page(f"<p>{OPEN}a <b>5</b>{CLOSE} c</p>", problem(1, message='"<5>"'))
    told = "&quot;&lt;5&gt;&quot; Mend it."
    first = f'<mark class="to-mend" id="to-mend-0" title="{told}" aria-describedby="what-0">a </mark>'
    assert f'<p>{first}<b><mark class="to-mend" title="{told}" aria-describedby="what-0">5</mark></b> c</p>' in html
    assert '<p role="status">Preview. 1 to mend. </p>' in html
    assert '<li id="what-0"><a href="#to-mend-0">chapters/made.md, line 1</a>: &quot;&lt;5&gt;&quot; Mend it.</li>' in html


def test_signs_stand_nowhere_else_and_those_of_an_author_mark_nothing():
    html = page(f'<p id="{OPEN}a">b {chr(0xF0099)}c{CLOSE}</p>')
    assert html.startswith("<title>5</title>")
    assert '<p id="a">b c</p>' in html
    assert cleaned(f"a{OPEN}b{CLOSE}") == "ab"
