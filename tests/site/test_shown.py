"""The built site shows no number that no record beside it admits, and no place is declared that no page needs."""

from evidence.catalog import load
from evidence.gates.shown import audit, shown


def test_every_number_shown_is_admitted_and_every_declared_place_is_needed(site, monkeypatch):
    needed, holds = set(), audit.DeclaredPlace.holds

    def noted(place, element, number):
        found = holds(place, element, number)
        needed.update([place] if found else [])
        return found

    monkeypatch.setattr(audit.DeclaredPlace, "holds", noted)
    gate = shown(site, load())
    assert [str(problem) for problem in gate.problems] == []
    assert gate.looked_at > 5_000
    elsewhere = {
        place for place in audit.declared_places() if place.reason == "Number of a footnote"
    }  # test_hidden_numbers.py has a page with one
    assert needed | elsewhere == set(audit.declared_places())
    assert needed & elsewhere == set()
