"""Lies about the sentence around a number, told over the whole book: each kind has a floor of the share that is found out by its rule."""

import re
from collections import Counter

from numbers_in_prose import beside, crossed, held, numeral, swapped, told_truly
from whole import numbers


def test_the_true_book_raises_no_alarm():
    assert len(numbers()) > 500
    assert {name: Counter(found) for name, found in told_truly().items() if found} == {}


def test_a_hedge_beside_a_number_is_found_out():
    hedges = ["about ", "up to ", "more than ", "nearly ", "at least ", "no fewer than ", "over ", "some "]
    held("hedge", "token", beside(hedges, when=numeral), 0.99)


def test_a_scale_beside_a_number_is_found_out():
    whole = lambda link: re.fullmatch(r"[£$€]?[\d,.]+", link.text)  # noqa: E731
    held("scale", "token", beside([" million", " thousand", "bn", " billion", "m"], after=True, when=whole), 0.99)


def test_a_unit_beside_a_number_is_found_out():
    whole = lambda link: re.fullmatch(r"[\d,.]+", link.text)  # noqa: E731
    held("unit", "token", beside(["%", " percent", " percentage points", " times", " pounds"], after=True, when=whole), 0.99)


def test_a_sign_beside_a_number_is_found_out():
    held("sign", "token", beside(["-", "minus ", "−"], when=lambda link: numeral(link) and "to" not in link.text), 0.99)


DIRECTIONS = "rose/fell rise/fall rises/falls risen/fallen grew/shrank grown/shrunk increase/decrease increased/decreased"
COMPARED = "more/less higher/lower fewer/more larger/smaller above/below greater/smaller exceed/undercut most/least highest/lowest largest/smallest"


def test_a_direction_turned_round_is_found_out():
    held("direction", "proposition", [*swapped(DIRECTIONS), *swapped(DIRECTIONS, inside=True)], 0.95, 20)


def test_a_comparison_turned_round_is_found_out():
    held("comparison", "proposition", [*swapped(COMPARED), *swapped(COMPARED, inside=True)], 0.95)


def test_a_direction_or_comparison_put_in_is_found_out():
    held(
        "direction put in",
        "proposition",
        beside(["a rise of ", "falling to ", "fewer, ", "the largest, ", "an increase of ", "declining to "]),
        0.95,
    )


def test_another_period_is_found_out():
    held("period put in", "foreign", beside([" in 1998", " (in 2007)", " in March 1999"], after=True), 0.98)


PLACES = "Bradford/Plymouth Manchester/Norwich England/Wales Hull/Swindon Bassetlaw/Norwich Preston/Exeter UK/Germany Lincolnshire/Cornwall"


def test_another_place_is_found_out():
    held("place put in", "foreign", beside([" in Swindon", " in Norway", " in Wales", " in Plymouth"], after=True), 0.95)
    held("place", "foreign", swapped(PLACES), 0.95)


SUBJECTS = (
    "SMEs/charities small/large medium/micro women/men pupils/teachers workers/pensioners apprentices/graduates turnover/profit pay/debt"
    " sole_traders/large_firms neighbourhoods/households young/retired firms/prisons median/minimum council/church schools/hospitals"
)


def test_another_subject_is_found_out():
    held("subject", "foreign", swapped(SUBJECTS), 0.93)


def test_names_changed_over_between_two_numbers_are_found_out():
    places = "Bradford/Manchester/Hull/Preston/Bassetlaw/London/North_East_Lincolnshire/North_East/Norway/Netherlands/Canada/United_Kingdom"
    held("names changed over", "crossed", crossed(f"small/large/micro {places}"), 0.9, 12)
