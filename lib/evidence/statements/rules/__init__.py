"""What a sentence around bound numbers must keep to: one module a rule, each with a name that its problems carry.

A rule is given a passage and the library, and yields what is wrong, with the words marked and the link to write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from evidence.catalog import Library
from evidence.problems import Problem
from evidence.statements.pages import Passage
from evidence.statements.rules import (
    counted,
    crossed,
    foreign,
    judged,
    negated,
    proposition,
    quantified,
    reasoned,
    subject,
    token,
    unlinked,
    words,
)

RULES: dict[str, Callable[[Passage, Library], Iterator[Problem]]] = {
    "token": token.problems,
    "proposition": proposition.problems,
    "negated": negated.problems,
    "subject": subject.problems,
    "counted": counted.problems,
    "crossed": crossed.problems,
    "foreign": foreign.problems,
    "reasoned": reasoned.problems,
    "quantified": quantified.problems,
    "judged": judged.problems,
    "words": words.problems,
    "unlinked": unlinked.problems,
}
"""Each rule by the name that its problems carry, in the order they are told."""


def broken_rules(passage: Passage, library: Library) -> Iterator[Problem]:
    """Yield what every rule says of a passage, each problem with the name of its rule."""
    for name, problems in RULES.items():
        yield from (replace(problem, rule=name) for problem in problems(passage, library))
