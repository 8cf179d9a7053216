"""How long somebody needs for an accepted figure, by the keys that a recording of work on real bulletins holds (their numbers of letters, no words).

A key takes 0.28 s and a decision 1.35 s, as the keystroke-level model has them for a skilled typist (Card, Moran and Newell 1980); what the
page makes somebody wait is measured while the keys are pressed on it.
"""

import csv
import time

from evidence.paths import ROOT

RECORDED = ROOT / "tests" / "fixtures" / "reading" / "keys.csv"
KEY, DECISION = 0.28, 1.35


def recorded():
    """Return the keys of each proposal in order; a number stands for so many letters."""
    with RECORDED.open(encoding="utf-8", newline="") as file:
        return [row["keys"].split() for row in csv.DictReader(file)]


def cost(keys):
    """Return how many keys are pressed for a proposal, and how many decisions are made: what it is, and what each field says."""
    return sum(int(key) if key.isdigit() else 1 for key in keys), 1 + sum(key.isdigit() for key in keys)


def replay(page, rows):
    """Press the keys of each proposal on a page of as many, and return the seconds that it made wait, all together."""
    waited = 0.0
    for key in (key for keys in rows for key in keys):
        if key.isdigit():
            page.keyboard.type("o" * int(key))
            continue
        page.keyboard.press(key)
        began = time.perf_counter()
        page.wait_for_selector("body:not([aria-busy])")
        waited += time.perf_counter() - began
    return waited


def seconds(rows, waited):
    """Return the seconds of a person for each figure that was accepted."""
    pressed, decided = (sum(column) for column in zip(*map(cost, rows), strict=True))
    return (pressed * KEY + decided * DECISION + waited) / sum(keys[-1] == "a" for keys in rows)
