"""Lies about the sentence around a number, told over the whole book: each kind has a floor of the share that is found out by its rule.

A lie changes words outside the link of a number, inside it, or puts words in. What is told of the true sentence too counts for nothing.
"""

import re
from collections import Counter
from dataclasses import replace
from itertools import cycle

from evidence import paths
from evidence.catalog import load
from evidence.gates import read_book
from evidence.statements import library_prose
from evidence.statements.checking import check_passages

LIBRARY = load()
PASSAGES = [*read_book(paths.chapters_dir()), *library_prose(LIBRARY)]
NUMBERS = [(passage, link) for passage in PASSAGES for link in passage.block.links if link.scheme == "figure" and not passage.block.heading]


def put(passage, start, end, words):
    """Return a passage with some of its text replaced: links keep their place, and one that the words fall into says them."""
    block, shift = passage.block, len(words) - (end - start)
    text = block.text[:start] + words + block.text[end:]
    links = []
    for link in block.links:
        first = link.start + (shift if link.start >= end and (link.start > start or end > start or link.start == start) else 0)
        last = link.end + (shift if link.end > start else 0) if link.start < start or link.start >= end else link.end + shift
        links.append(replace(link, start=first, end=last, text=text[first:last]))
    return replace(passage, block=replace(block, text=text, links=links), lines=())


def told(passage):
    """Return what a check says of a passage, by rule: a link that does not hold has the rule `value`, a number that is bound to nothing `unbound`."""
    checked = check_passages([passage], LIBRARY)
    found = Counter(problem.rule for problem in checked.faults)
    found["value"] += sum(not statement.holds for statement in checked.statements)
    found["unbound"] += len(checked.unbound)
    return +found


TRUE = {id(passage): told(passage) for passage in PASSAGES if passage.block.links}


def held(kind, lies, floor, at_least=40):
    """Assert that a share of lies is found out, and print what survives.

    Args:
        kind: What kind of lie it is.
        lies: The passage, the passage with the lie, and the lie in words.
        floor: The share.
        at_least: How many lies there must be.
    """
    rules, survivors, count = Counter(), [], 0
    for true, lie, said in lies:
        new = told(lie) - TRUE[id(true)]
        count += 1
        rules.update(new.keys())
        survivors += [] if new else [f"{true.page}: {said}"]
    assert count >= at_least, f"only {count} lies of the kind {kind}"
    share = 1 - len(survivors) / count
    report = f"{kind}: {share:.1%} of {count} found out, by {dict(rules)}; survivors:\n" + "\n".join(f"  {said}" for said in survivors)
    print(report)
    assert share >= floor, report


def beside(words, *, after=False, when=lambda _link: True):
    """Yield lies that put one of some words before or after each link of a number."""
    turn = cycle(words)
    for passage, link in NUMBERS:
        if when(link):
            word, place = next(turn), link.end if after else link.start
            lie = put(passage, place, place, word)
            yield passage, lie, lie.block.text[max(0, place - 40) : place + 60]


def swapped(pairs, *, inside=False):
    """Yield lies that exchange a word of a sentence with a number for its opposite, outside of links or inside those of words and numbers."""
    opposite = {
        one: other for pair in pairs.split() for one, other in (pair.replace("_", " ").split("/"), pair.replace("_", " ").split("/")[::-1])
    }
    word = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, opposite))})(?![\w-])")
    for passage in {id(passage): passage for passage, _ in NUMBERS}.values():
        block = passage.block
        spans = {block.span(link.start) for link in block.links if link.scheme == "figure"}
        for match in word.finditer(block.text):
            within = any(link.start <= match.start() and match.end() <= link.end for link in block.links)
            if within is inside and any(start <= match.start() < end for start, end in spans):
                lie = put(passage, *match.span(), opposite[match.group()])
                yield passage, lie, lie.block.text[max(0, match.start() - 50) : match.end() + 50]


def crossed(names):
    """Yield lies that change two names over which stand in one sentence with several numbers."""
    word = re.compile(rf"\b(?:{'|'.join(names.replace('_', ' ').split('/'))})\b")
    for passage in {id(passage): passage for passage, _ in NUMBERS}.values():
        block = passage.block
        outside = block.without(bool)
        for start, end in {block.span(link.start) for link in block.links if link.scheme == "figure"}:
            met = list(word.finditer(outside, start, end))
            bound = sum(link.scheme == "figure" and start <= link.start < end for link in block.links)
            if bound > 1 and len(met) > 1 and met[0].group() != met[1].group():
                one, other = met[:2]
                lie = put(put(passage, *other.span(), one.group()), *one.span(), other.group())
                yield passage, lie, lie.block.text[max(0, one.start() - 30) : other.end() + 30]


def numeral(link):
    return link.text[0].isdigit() or link.text[0] in "£$€"


def test_the_true_book_raises_no_alarm():
    assert len(NUMBERS) > 500
    assert {name: Counter(found) for name, found in TRUE.items() if found} == {}


def test_a_hedge_beside_a_number_is_found_out():
    held(
        "hedge", beside(["about ", "up to ", "more than ", "nearly ", "at least ", "no fewer than ", "over ", "some "], when=numeral), 0.99
    )


def test_a_scale_beside_a_number_is_found_out():
    whole = lambda link: re.fullmatch(r"[£$€]?[\d,.]+", link.text)  # noqa: E731
    held("scale", beside([" million", " thousand", "bn", " billion", "m"], after=True, when=whole), 0.99)


def test_a_unit_beside_a_number_is_found_out():
    whole = lambda link: re.fullmatch(r"[\d,.]+", link.text)  # noqa: E731
    held("unit", beside(["%", " percent", " percentage points", " times", " pounds"], after=True, when=whole), 0.99)


def test_a_sign_beside_a_number_is_found_out():
    held("sign", beside(["-", "minus ", "−"], when=lambda link: numeral(link) and "to" not in link.text), 0.99)


DIRECTIONS = "rose/fell rise/fall rises/falls risen/fallen grew/shrank grown/shrunk increase/decrease increased/decreased"
COMPARED = "more/less higher/lower fewer/more larger/smaller above/below greater/smaller exceed/undercut most/least highest/lowest largest/smallest"


def test_a_direction_turned_round_is_found_out():
    held("direction", [*swapped(DIRECTIONS), *swapped(DIRECTIONS, inside=True)], 0.95, 20)


def test_a_comparison_turned_round_is_found_out():
    held("comparison", [*swapped(COMPARED), *swapped(COMPARED, inside=True)], 0.95)


def test_a_direction_or_comparison_put_in_is_found_out():
    held("direction put in", beside(["a rise of ", "falling to ", "fewer, ", "the largest, ", "an increase of ", "declining to "]), 0.95)


def test_another_period_is_found_out():
    held("period put in", beside([" in 1998", " (in 2007)", " in March 1999"], after=True), 0.98)


def test_another_place_is_found_out():
    held("place put in", beside([" in Swindon", " in Norway", " in Wales", " in Plymouth"], after=True), 0.9)
    held(
        "place",
        swapped(
            "Bradford/Plymouth Manchester/Norwich England/Wales Hull/Swindon Bassetlaw/Norwich Preston/Exeter UK/Germany Lincolnshire/Cornwall"
        ),
        0.9,
    )


SUBJECTS = (
    "SMEs/charities small/large medium/micro women/men pupils/teachers workers/pensioners apprentices/graduates turnover/profit pay/debt"
    " sole_traders/large_firms neighbourhoods/households young/retired firms/prisons median/minimum council/church schools/hospitals"
)


def test_another_subject_is_found_out():
    held("subject", swapped(SUBJECTS), 0.88)


def test_names_changed_over_between_two_numbers_are_found_out():
    names = "small/large/micro/Bradford/Manchester/Hull/Preston/Bassetlaw/London/North_East/Norway/Netherlands/Canada/United_Kingdom"
    held("names changed over", crossed(names), 0.6, 15)
