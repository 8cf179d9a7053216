"""What gives away a few respondents: put a test here when they could be worked out from what was shown."""

import random
from itertools import combinations, product

import numpy as np
import pytest

from evidence.survey.protection import Shown, deducible

pytestmark = pytest.mark.needs("survey")

MINIMUM = 10


def shown(people, *groups, question="q", columns=()):
    """Return numbers on groups of people, each given as ranges of their places."""
    return [Shown(question, np.isin(np.arange(people), list(group)), frozenset(columns)) for group in groups]


def test_a_group_within_another_that_leaves_five_is_withheld():
    # all 100, A 50, and 45 of A; the other five of A
    assert deducible(shown(100, range(100), range(50), range(45)), MINIMUM) == [False, False, True]


def test_ten_left_are_enough():
    assert deducible(shown(100, range(100), range(90)), MINIMUM) == [False, False]


def test_another_question_tells_nothing_of_this_one():
    numbers = shown(100, range(100)) + shown(100, range(95), question="r")
    assert deducible(numbers, MINIMUM) == [False, False]


def test_the_same_base_is_shown_or_withheld_as_often_as_it_occurs():
    assert deducible(shown(100, range(95), range(100), range(95)), MINIMUM) == [True, False, True]


def test_what_overlapping_groups_and_their_parts_leave_is_withheld():
    # A is 0-49, B 40-94, the overlap 40-49: A + B - overlap are 95 of 100
    numbers = shown(100, range(100), range(50), range(40, 95), range(40, 50))
    assert deducible(numbers, MINIMUM) == [False, False, False, True]


def test_what_a_long_list_of_groups_leaves_is_withheld_though_other_groups_part_it():
    # nine regions of ten and one of nine; age and sex part the nine into ones
    regions = [range(10 * number, 10 * number + 10) for number in range(9)]
    everybody, others = shown(99, range(99)), []
    for column, step in (("age", 2), ("sex", 3), ("work", 5)):
        others += shown(99, *(range(start, 99, step) for start in range(step)), columns=(column,))
    numbers = everybody + others + shown(99, *regions, columns=("region",))
    assert sum(deducible(numbers, MINIMUM)) == 1


def leaks(bases, minimum):
    """Return a set of at most three bases of which one sum or difference leaves few people, or None: an attacker who tries everything."""
    for count in (2, 3):
        for chosen in combinations(bases, count):
            for signs in product((1, -1), repeat=count):
                left = sum(sign * base.astype(int) for sign, base in zip(signs, chosen, strict=True))
                if set(np.unique(left)) <= {0, 1} and 0 < left.sum() < minimum:
                    return chosen
    return None


def books(count, seed):
    """Yield the bases of invented codebooks: figures by random answers of up to three columns, and everybody."""
    chance = random.Random(seed)
    for _ in range(count):
        people = chance.randrange(30, 120)
        columns = [np.array([min(int(chance.expovariate(1)), 4) for _ in range(people)]) for _ in range(3)]
        bases = [np.ones(people, dtype=bool)]
        for _ in range(chance.randrange(3, 8)):
            base = np.ones(people, dtype=bool)
            for column in chance.sample(columns, chance.randrange(1, 3)):
                base &= np.isin(column, chance.sample(range(5), chance.randrange(1, 5)))
            bases.append(base)
        yield [base for base in bases if base.sum() >= MINIMUM]


def unsafe(count, seed):
    found, withheld = [], 0
    for bases in books(count, seed):
        held = deducible([Shown("q", base) for base in bases], MINIMUM)
        withheld += sum(held)
        if leak := leaks([base for base, no in zip(bases, held, strict=True) if not no], MINIMUM):
            found.append(leak)
    return found, withheld


def test_no_sum_or_difference_of_random_codebooks_leaves_few():
    found, withheld = unsafe(60, 25)
    assert found == []
    assert withheld > 20


@pytest.mark.slow
def test_no_sum_or_difference_of_ten_thousand_random_codebooks_leaves_few():
    assert unsafe(10_000, 26)[0] == []
