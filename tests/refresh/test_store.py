"""The store of fetched files and the folder of candidates: put a test here when something is kept, or must never be written to."""

import hashlib
import json
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

import pytest
from stage import NOW, QUICK, contents, table

from evidence.catalog import load
from evidence.editions.snapshot import make_snapshot
from evidence.errors import DataError, RefreshError
from evidence.receipts import held
from evidence.refresh import last_checked, refresh
from evidence.writing import locked


def manifest(world):
    return json.loads((world.store / "ons-ashe" / "manifest.json").read_text(encoding="utf-8"))


def test_a_fetched_file_is_kept_as_it_came_with_where_when_and_on_what_terms(world, producer):
    outcome = world.refresh()
    digest = hashlib.sha256(table()).hexdigest()
    assert outcome.file == world.store / "ons-ashe" / f"{digest}.csv"
    assert outcome.file.read_bytes() == table()
    assert manifest(world) == {
        "source": "ons-ashe",
        "checked": "2026-11-21T12:00:00+00:00",
        "files": [
            {
                "file": f"{digest}.csv",
                "sha256": digest,
                "bytes": len(table()),
                "dataset": "gross-median-weekly-pay",
                "query": f"{producer.base}/pay.csv",
                "came_from": f"{producer.base}/pay.csv",
                "content_type": "text/csv",
                "released": "2026-10-22",
                "fetched": "2026-11-21T12:00:00+00:00",
                "licence": "OGL v3.0",
                "attribution": "Contains public sector information licensed under the Open Government Licence v3.0",
            }
        ],
    }


def test_the_same_file_is_kept_once_and_another_beside_it(world, producer):
    world.refresh()
    world.refresh(now=NOW + timedelta(days=1))
    assert len(manifest(world)["files"]) == 1
    producer.give("/pay.csv", table().replace(b"581.2", b"582.2"))
    world.refresh(now=NOW + timedelta(days=2))
    assert [entry["fetched"][:10] for entry in manifest(world)["files"]] == ["2026-11-22", "2026-11-23"]
    assert len(list((world.store / "ons-ashe").glob("*.csv"))) == 2


def test_asking_counts_as_checking_and_failing_does_not(world, producer):
    assert last_checked(world.store, "ons-ashe") == "never"
    producer.give("/pay.csv", b"<html>", "text/html")
    world.problem()
    assert last_checked(world.store, "ons-ashe") == "never"
    producer.release("2025-10-23")
    world.refresh()
    assert last_checked(world.store, "ons-ashe") == "2026-11-21"


def test_what_a_killed_run_left_is_cleared_away(world):
    folder = world.store / "ons-ashe"
    folder.mkdir(parents=True)
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    (folder / f".manifest.json.{gone.pid}").write_text('{"source": "ons', encoding="utf-8")
    (folder / f".{hashlib.sha256(table()).hexdigest()}.csv.{gone.pid}").write_bytes(table()[:50])
    (folder / f".{hashlib.sha256(b'of another release').hexdigest()}.csv.{gone.pid}").write_bytes(b"of")
    world.refresh()
    assert sorted(contents(folder)) == sorted([f"{hashlib.sha256(table()).hexdigest()}.csv", "manifest.json"])


def test_a_run_that_ends_while_it_writes_leaves_the_earlier_manifest_whole(world, producer, monkeypatch):
    world.refresh()
    before = contents(world.store), contents(world.into)
    producer.give("/pay.csv", table().replace(b"581.2", b"582.2"))

    def killed(*_arguments):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("evidence.writing.folders.os.replace", killed)
        with pytest.raises(KeyboardInterrupt):
            world.refresh()
    assert (contents(world.store), contents(world.into)) == before
    world.refresh()
    assert len(manifest(world)["files"]) == 2


@pytest.mark.parametrize("text", ["", "{", "[]", '{"source": "ons-ashe"}', '{"checked": "", "files": [{}]}'])
def test_a_damaged_manifest_is_named_with_what_to_do(text, world):
    (world.store / "ons-ashe").mkdir(parents=True)
    (world.store / "ons-ashe" / "manifest.json").write_text(text, encoding="utf-8")
    assert "ons-ashe/manifest.json: damaged" in world.refresh().problem
    with pytest.raises(RefreshError, match="Delete the folder ons-ashe of the store"):
        last_checked(world.store, "ons-ashe")


def test_a_new_vintage_comes_with_a_receipt_of_the_cell_it_was_read_in(world, tmp_path):
    outcome = world.refresh()
    found, orphans = held(make_snapshot(world.into, tmp_path / "snapshot", world.data))
    new = {one.row["id"]: one for one in found if one.row.get("as_of") == "2026-10-22" and one.table.name == "figures"}
    assert {name: (one.fits, one.receipt["at"], one.receipt["reads"]) for name, one in new.items()} == {
        "official.pay.median.bradford": (True, "G3", "581.2"),
        "official.pay.median.hull": (True, "G4", "590"),
        "official.pay.median.uk": (True, "G5", "1024.56"),
    }
    assert {one.receipt["document"] for one in new.values()} == {outcome.file.name}
    assert orphans == []


def test_an_earlier_overlay_is_replaced_as_a_whole(world, producer):
    world.refresh()
    producer.give("/pay.csv", table().replace(b"581.2", b"582.2"))
    world.refresh()
    assert sorted(contents(world.into)) == [".evidence-output", "candidates.json", "figures/ons-ashe.csv", "receipts.csv"]
    assert "582.2" in (world.into / "figures" / "ons-ashe.csv").read_text(encoding="utf-8")
    assert [path.name for path in world.into.parent.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("name", ["figures/ons-gdp.csv", "figures/ons-ashe.csv"])
def test_an_overlay_with_rows_by_hand_is_left_alone(name, world, producer):
    world.refresh()
    (world.into / name).write_text("by hand", encoding="utf-8")
    producer.give("/pay.csv", table().replace(b"581.2", b"582.2"))
    with pytest.raises(RefreshError, match=rf"holds something else \({name}\) than an earlier run has written"):
        world.refresh()
    assert (world.into / name).read_text(encoding="utf-8") == "by hand"


def test_two_at_once_would_lose_what_one_of_them_fetched(world):
    world.store.mkdir(parents=True)
    with locked(world.store), pytest.MonkeyPatch.context() as patch:
        patch.setattr("evidence.refresh.asking.locked", lambda folder: locked(folder, wait=0))
        with pytest.raises(RefreshError, match="another command asks the producers"):
            refresh(load(world.data), world.request())


@pytest.mark.parametrize("where", ["library", "library/new", "library/figures"])
def test_the_library_is_never_the_place_for_candidates(where, world, tmp_path):
    before = contents(world.data)
    with pytest.raises(RefreshError, match="is a data library, and no overlay is ever written into one"):
        refresh(load(world.data), world.request(into=tmp_path / where))
    assert contents(world.data) == before


def test_a_folder_with_something_else_in_it_is_left_alone(world, tmp_path, producer):
    (tmp_path / "overlay").mkdir()
    (tmp_path / "overlay" / "thesis.txt").write_text("three years of work", encoding="utf-8")
    with pytest.raises(RefreshError, match="holds something else"):
        refresh(load(world.data), world.request())
    assert producer.asked == []
    assert (tmp_path / "overlay" / "thesis.txt").exists()


def test_a_source_without_a_connector_is_named_with_those_that_have_one(world):
    with pytest.raises(RefreshError, match=r'no connector for "demos" in connectors\.csv; there are ons-ashe\.'):
        refresh(load(world.data), world.request(source="demos"))


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"columns": "AREACD; AREANM"}, "connectors.csv, row 2 (ons-ashe), column columns: Indicator is read, but not listed. Add it."),
        ({"stated": "£ per week"}, "column stated: found '£ per week'; write {} once"),
        ({"period_pattern": r"\d{4}-04"}, "column period_pattern: its first group must be the year"),
        ({"period_pattern": "(2025"}, "column period_pattern: missing )"),
        ({"value_column": "*"}, "columns period_column, value_column: both or neither must be *."),
        ({"source": "ons-gdp"}, "row 2 (official.pay.median.bradford), column figure: its source ons-ashe has no connector"),
    ],
)
def test_a_connector_that_contradicts_itself_is_told_by_file_row_and_column(cells, said, world, producer):
    world.declare(**cells)
    with pytest.raises(DataError) as caught:
        refresh(load(world.data), world.request(limits=replace(QUICK, attempts=1)))
    assert said in str(caught.value)
    assert producer.asked == []
