"""The built site says one thing of each record, wherever it is said: put a test here for another place that shows what the data hold."""

import re
import shutil

import pytest
from agreement import disagreements


def test_ledger_tables_entries_cards_charts_and_words_agree(site):
    parted, compared = disagreements(site)
    assert parted == []
    assert compared > 20_000


PAGE, LEDGER = "chapters/coordination.html", "chapters/ledger-demos.html"
LIES = [
    ("figures.csv", "sme.barriers.finance,demos,21%", "sme.barriers.finance,demos,22%", "figures.csv, sme.barriers.finance, shown"),
    ("statements.csv", "sme.outreach.sole-trader,6%,6%,", "sme.outreach.sole-trader,7%,6%,", "statements.csv, sme.outreach.sole-trader, states"),
    ("data/figures/demos.csv", "sme.barriers.finance,", "sme.barriers.staff-capacity,", "data/demos.csv, sme.barriers.staff-capacity"),
    ("charts/coordination.barriers.csv", "Finance,,21%,21,", "Finance,,22%,22,", "charts/coordination.barriers.csv, sme.barriers.finance"),
    (PAGE, 'data-evidence="figure sme.barriers.finance">21%', 'data-evidence="figure sme.barriers.finance">31%', "31% for sme.barriers.finance"),
    (PAGE, '"id":"sme.barriers.finance","low":17.7,"series":"","source":"demos","span":"17.7 to 24.8%","stated":"21%"', '"id":"sme.barriers.finance","low":17.7,"series":"","source":"demos","span":"17.7 to 24.8%","stated":"22%"', "chart coordination.barriers"),
    (PAGE, ">21%</text>", ">22%</text>", "drawing of coordination.barriers, sme.barriers.finance"),
    (PAGE, '"population":"SMEs that do not engage', '"population":"firms that do not engage', "coordination.html: card of "),
    (LEDGER, '<span class="number">21%</span>', '<span class="number">22%</span>', "entry of sme.barriers.finance"),
]  # fmt: skip


@pytest.fixture
def part(site, tmp_path):
    """A part of the site that can be spoiled."""
    for name in ("ledger.json", "figures.csv", "statements.csv", PAGE, LEDGER, "charts", "data/figures"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if (site / name).is_dir() else shutil.copy2)(site / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize(("file", "old", "new", "said"), LIES)
def test_a_place_that_says_another_thing_is_found(part, file, old, new, said):
    text = (part / file).read_text(encoding="utf-8")
    assert old in text
    (part / file).write_text(re.sub(re.escape(old), lambda _old: new, text), encoding="utf-8")
    parted, _ = disagreements(part)
    assert any(said in place for place in parted)
