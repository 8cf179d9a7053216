"""How a published file is compared with what its sources give: put a test here for a difference that is not named, or named at the wrong place."""

import random

from evidence.editions.sceptic import differences

PAGE = b"""<html>
<p>Of all firms <a data-evidence="figure sme.any" href="x.html#sme.any">68%</a> report barriers.</p>
<p>A year before it was <a data-evidence="figure sme.before" href="x.html#sme.before">61%</a>.</p>
</html>
"""


def told(published, rebuilt=PAGE, name="chapters/coordination.html"):
    return [str(problem) for problem in differences(name, published, rebuilt)]


def test_a_changed_number_is_named_with_its_page_line_and_record():
    (problem,) = told(PAGE.replace(b"61%", b"67%"))
    assert problem.startswith("chapters/coordination.html (sme.before), line 3: reads ")
    assert '#sme.before">67%</a>' in problem
    assert 'where its sources give "' in problem


def test_a_word_that_was_put_in_or_taken_out_is_one_difference_at_its_place():
    (added,) = told(PAGE.replace(b"report barriers", b"all report barriers"))
    (taken,) = told(PAGE.replace(b" report", b""))
    assert "line 2: reads" in added and "all report barriers" in added
    assert "line 2: reads" in taken


def test_what_is_far_apart_is_told_apart_and_what_is_not_published_is_told():
    assert len(told(PAGE.replace(b"68%", b"98%").replace(b"61%", b"67%"))) == 2
    assert told(None) == ["chapters/coordination.html: is not published, and its sources give it."]


def test_a_picture_is_told_by_the_number_of_the_byte():
    assert told(b"\x89PNG\xff\x00", b"\x89PNG\xff\x01", "a.png") == ["a.png: byte 6 is 00, where its sources give 01."]


def test_a_control_character_of_a_hostile_site_is_shown_as_its_number():
    (problem,) = told(PAGE.replace(b"report", b"rep\x1b[2J"))
    assert "rep<U+001B>[2J" in problem and "\x1b" not in problem


def test_every_single_byte_that_is_changed_is_named():
    chance = random.Random(24)
    for _ in range(2000):
        place = chance.randrange(len(PAGE))
        changed = bytearray(PAGE)
        changed[place] ^= chance.randrange(1, 256)
        (problem,) = differences("a.html", bytes(changed), PAGE)
        assert problem.place.line == PAGE[:place].count(b"\n") + 1
