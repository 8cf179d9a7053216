"""Reasons, quantities and verdicts put beside the numbers of the book, and said without one: why something is so, how many that is, whether it adds up."""

import re
from itertools import product

from lies import Lies
from numbers_in_prose import beside, held
from test_invented import PAGES, SUBJECTS, told
from whole import LIBRARY, judged

REASONS = (
    ", because of red tape|, owing to a lack of time|, to save money|, so as to please investors|, out of fear|, driven by greed|, in order to avoid tax"
    "|, which led them to cut jobs|, thanks to grants|, as a result of new rules|, in response to pressure|, for want of cash|, on account of the weather"
    "|, in the hope of a subsidy|, because they distrust each other|, so that costs fall|, prompted by fines|, with the aim of growing|, due to habit"
    "|, forced by their banks|, since it pays|, for the sake of appearances|, to cut costs|, encouraged by advisers|, a consequence of debt"
    "|, which makes them lazy|, which in turn drives up rents|, pushed by regulators|, for fear of rivals|, by reason of their age|, to win votes"
)


def test_a_reason_or_purpose_that_no_record_gives_is_found_out():
    held("reason or purpose put in", "reasoned", beside([f"{reason}," for reason in REASONS.split("|")], after=True), 0.95)


SHARES = re.compile(r"^[^£$€]*(?:%|percent)$")


def shares(low, high):
    """Return what tells whether a link is to a share between two percentages."""

    def within(link):
        figure = LIBRARY.figures.get(link.target)
        return bool(SHARES.match(link.text)) and figure is not None and figure.unit == "percent" and low <= figure.quantity.anchor <= high

    return within


FEW = "few, |a minority, |hardly any, |a small minority, |next to none, |a handful, |only a few, |not many, |barely any, |a tiny part, "
MANY = "most, |the majority, |nearly all, |the vast majority, |the bulk, |almost everybody, |the greater part, |the lion's share, |practically all, |more than half, "


def test_a_quantity_that_the_number_beside_it_is_not_is_found_out():
    held("many called few", "quantified", beside(FEW.split("|"), when=shares(55, 100)), 0.95)
    held("few called many", "quantified", beside(MANY.split("|"), when=shares(0, 45)), 0.95)


SELDOM = "seldom |rarely |hardly ever |scarcely ever "
OFTEN = "often |frequently |commonly |usually |more often than not |as a rule "


def test_how_often_something_is_that_the_number_beside_it_is_not_is_found_out():
    held("often called seldom", "quantified", beside(SELDOM.split("|"), when=shares(55, 100)), 0.95)
    held("seldom called often", "quantified", beside(OFTEN.split("|"), when=shares(0, 12)), 0.95)


WRONG = ", which does not add up,|, which fails the arithmetic,|, a misprint,|, which cannot be reproduced,|, which is false,|, which contradicts itself,|, which no reading fits,"
RIGHT = ", which adds up,|, which survives the arithmetic,|, which is confirmed,|, which checks out,|, which is correct,|, which can be reproduced,"


def judged_as(*words):
    """Return what tells whether the audit says one of some words of the figure of a link, and no correction names it."""
    return lambda link: link.target in LIBRARY.figures and judged()[link.target].word in words and not judged()[link.target].corrections


def test_a_verdict_that_the_audit_does_not_give_is_found_out():
    held(
        "sound called wrong",
        "judged",
        beside(WRONG.split("|"), after=True, when=judged_as("reproduced", "compatible", "quoted", "ours")),
        0.95,
    )
    held(
        "doubted called right",
        "judged",
        beside(RIGHT.split("|"), after=True, when=judged_as("quoted", "assumed", "disputed", "differs")),
        0.95,
    )


SAID = """{} act alone to save money.
{} hire less because of red tape.
{} stay small so as to avoid tax.
{} share staff in order to please investors.
{} left, driven by greed.
{} apply out of habit.
A minority of {} took part.
The lion's share of the help went to {}.
{} joined in the hope of grants.
{} keep to themselves for fear of rivals.
The numbers of {} do not add up.
The share of {} is false.
What {} report is beyond doubt.
The majority of {} said no.
{} were tempted by grants, which made them lazy.
The gap between {} is attributable to rules."""


def test_a_reason_a_quantity_or_a_verdict_without_a_number_is_found_out():
    lies, pages = Lies("reasons, quantities and verdicts", 0.95, "unlinked"), list(PAGES.values())
    for place, (said, subject) in enumerate(product(SAID.splitlines(), SUBJECTS)):
        name = subject if said.startswith("{}") else subject[0].lower() + subject[1:]
        lies.tell(said.format(name), told(pages[place % len(pages)], said.format(name)))
    lies.held()
