"""Passages of reports: each is right as it stands, and a referee with nothing but the passage proves it wrong where `[[right|wrong]]` is turned."""

import re

import pytest
from reading import HERE, audited, told

PASSAGES = sorted((HERE / "passages").glob("*.txt"))
AROUND = """# Annual review of the northern lighthouse keepers

The keepers tended 37 lamps on 19 rocks. They rowed 4,813 miles, burnt 61 barrels of oil, wrote 277 letters and mended 83 ropes. The kitchen baked 1,129 loaves.

The library of the keepers holds 3,347 books, 58 maps and 23 globes, and 7 keepers play the fiddle. Storms broke 16 panes, 11 ladders and 29 lanterns.

"""
"""Other numbers, as a report has them: where a text states few, more is told."""


def twins(path):
    """Return the passages of a file, right and wrong."""
    for passage in re.split(r"(?m)^---\n", path.read_text(encoding="utf-8"))[1:]:
        before, right, wrong, behind = re.fullmatch(r"(?s)(.*)\[\[(.*?)\|(.*?)\]\](.*)", passage).groups()
        yield tuple(AROUND + re.sub(r"(?m)(?<!\|)$\n(?=.)|(?<=\|)\n(?=[^|\n])", "\n\n", before + said + behind) for said in (right, wrong))


@pytest.mark.parametrize("path", PASSAGES, ids=lambda path: path.stem)
def test_what_a_passage_proves_wrong_is_told_or_asked_and_what_is_right_is_no_alarm(path):
    read = list(twins(path))
    assert len(read) > 1
    assert [wrong[len(AROUND) :] for _, wrong in read if not told(wrong)] == []
    assert [(right[len(AROUND) :], audited(right).alarms[0].message) for right, _ in read if audited(right).alarms] == []
