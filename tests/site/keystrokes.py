"""How long somebody needs for an accepted figure, by the keys that a recording of work on real bulletins holds (their numbers of letters, no words).

A key takes 0.28 s and a decision 1.35 s, as the keystroke-level model has them for a skilled typist (Card, Moran and Newell 1980); what the
page makes somebody wait is measured while the keys are pressed on it, as processor time, so that it is the same on a busy machine.
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
    """Press the keys of each proposal on a page of as many, and return the seconds of a processor that page and program took, all together."""
    protocol = page.context.new_cdp_session(page)
    protocol.send("Performance.enable")
    began = processor_time_s(protocol)
    for key in (key for keys in rows for key in keys):
        if key.isdigit():
            page.keyboard.type("o" * int(key))
            continue
        page.keyboard.press(key)
        page.wait_for_selector("body:not([aria-busy])")
    return processor_time_s(protocol) - began


def processor_time_s(protocol):
    """Return the seconds of a processor that this process, in which the program answers, and that of an open page have taken."""
    (taken,) = [one["value"] for one in protocol.send("Performance.getMetrics")["metrics"] if one["name"] == "ProcessTime"]
    return time.process_time() + taken


def seconds(rows, waited):
    """Return the seconds of a person for each figure that was accepted."""
    pressed, decided = (sum(column) for column in zip(*map(cost, rows), strict=True))
    return (pressed * KEY + decided * DECISION + waited) / sum(keys[-1] == "a" for keys in rows)
