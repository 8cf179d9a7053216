"""What is drawn once is remembered: put a test here when a remembered drawing could be another than a fresh one."""

import os
import time

import pytest

from evidence import charts
from evidence.catalog import load
from evidence.charts import drawing
from evidence.kernels import memory as module
from evidence.kernels.memory import Memory


class Maker:
    """Makes a text, and counts how often."""

    def __init__(self, text="<svg>£</svg>"):
        self.text, self.made = text, 0

    def __call__(self):
        self.made += 1
        return self.text


def test_a_text_is_made_once_for_what_it_is_made_of(tmp_path):
    make, other = Maker(), Maker("other")
    for _ in range(2):
        assert Memory(tmp_path).once("a chart", make) == "<svg>£</svg>"
        assert Memory(tmp_path).once("another chart", other) == "other"
    assert (make.made, other.made) == (1, 1)


@pytest.mark.parametrize("name", ["code_digest", "version", "platform"])
def test_other_code_or_another_package_or_machine_makes_it_anew(tmp_path, monkeypatch, name):
    make = Maker()
    Memory(tmp_path).once("a chart", make)
    if name == "platform":
        monkeypatch.setattr(module.platform, "machine", lambda: "another")
    else:
        monkeypatch.setattr(module, name, lambda *_arguments: "another")
    Memory(tmp_path).once("a chart", make)
    assert make.made == 2


@pytest.mark.parametrize("spoil", [lambda content: content[:-1], lambda content: content + b" ", lambda _content: b""])
def test_a_text_that_is_not_whole_is_made_anew(tmp_path, spoil):
    make = Maker()
    Memory(tmp_path).once("a chart", make)
    (path,) = tmp_path.iterdir()
    path.write_bytes(spoil(path.read_bytes()))
    assert Memory(tmp_path).once("a chart", make) == "<svg>£</svg>"
    assert make.made == 2
    assert Memory(tmp_path).once("a chart", make) == "<svg>£</svg>"
    assert make.made == 2


def test_the_longest_unused_go_first_and_what_was_half_written_goes(tmp_path):
    first = Memory(tmp_path)
    for number in range(5):
        first.keep(str(number), f"text {number}")
    for number, path in enumerate(sorted(tmp_path.iterdir(), key=lambda path: path.read_text(encoding="utf-8"))):
        os.utime(path, (number, number))
    for name, seconds in ((".left.txt.1", 7200), (".being-written.txt.2", 0)):
        (tmp_path / name).write_text("h", encoding="utf-8")
        os.utime(tmp_path / name, (time.time() - seconds,) * 2)
    left = Memory(tmp_path, kept=2)
    assert [bool(left.find(str(number))) for number in range(5)] == [False, False, False, True, True]
    assert [path.name for path in tmp_path.glob(".*")] == [".being-written.txt.2"]


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path):
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    make = Maker()
    assert [Memory(tmp_path / "file").once("a chart", make) for _ in range(2)] == ["<svg>£</svg>"] * 2
    assert make.made == 2


@pytest.fixture
def remembered():
    """Charts of this process are remembered in a list of what they are made of, and made each time."""
    asked = []
    before = drawing._known["memory"]
    charts.remember(lambda made_of, make: asked.append(made_of) or make())
    yield asked
    charts.remember(before)


def test_all_that_a_chart_shows_is_in_what_it_is_made_of(remembered):
    library = load()
    data = charts.chart_data(library, "cases.pay")
    rows = data.rows.assign(value=[data.rows["value"].iloc[0] + 1, *data.rows["value"].iloc[1:]])
    others = [
        (data, "Another title"),
        (changed(data, rows=rows), "Title"),
        (changed(data, rows=data.rows.iloc[::-1]), "Title"),
        (changed(data, row={**data.row, "description": "Another"}), "Title"),
        (changed(data, unit="percent"), "Title"),
        (changed(data, sources=("demos",)), "Title"),
    ]
    charts.bundle(data, library, "Title")
    for other, title in others:
        charts.bundle(other, library, title)
    assert len(set(remembered)) == len(remembered) == 1 + len(others)
    charts.bundle(charts.chart_data(load(), "cases.pay"), library, "Title")
    assert remembered[-1] == remembered[0]


def changed(data, **changes):
    fields = {name: getattr(data, name) for name in ("row", "rows", "unit", "sources", "kind", "shapes")}
    return charts.ChartData(**{**fields, **changes})
