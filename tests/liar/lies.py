"""Lies about words: a text said the other way round, by a word and its opposite or by a plain negation.

The pairs are of the liar's own choice, not taken from the lists that the checks read.
"""

import re
from collections import Counter

_PAIRS = (
    "more/less higher/lower highest/lowest most/least greater/smaller larger/smaller largest/smallest bigger/smaller further/nearer faster/slower wider/narrower"
    " above/below rise/fall rises/falls rose/fell risen/fallen grew/shrank grow/shrink grows/shrinks grown/shrunk growing/shrinking growth/shrinkage increase/decrease"
    " increased/decreased raise/lower raised/lowered improve/worsen improved/worsened improves/worsens better/worse good/bad best/worst well/badly help/hinder"
    " helps/hinders helped/hindered helping/hindering support/undermine supports/undermines strengthen/weaken strengthens/weakens strong/weak stronger/weaker"
    " attract/repel trust/distrust widely/hardly valued/despised essential/useless effective/ineffective easy/hard easier/harder cheap/dear"
    " benefit/suffer benefits/drawbacks success/failure succeed/fail gain/loss lack/abundance lacked/had barrier/aid barriers/aids problem/advantage"
    " positive/negative favourably/unfavourably optimistic/pessimistic popular/unpopular skilled/unskilled many/few poor/rich richer/poorer likely/unlikely"
    " together/apart joint/separate lets/stops let/stop enable/prevent struggle/thrive reduce/raise often/rarely"
    " modern/outdated ready/unready  boost/dampen drive/slow drives/slows agree/disagree interested/uninterested"
)
OPPOSITE = {one: other for pair in re.findall(r"(\w+)/(\w+)", _PAIRS) for one, other in (pair, pair[::-1])}
_IDIOMS = re.compile(r"\babove all\b|\bat (?:least|most)\b|\blet go\b|\bwell as\b|\bgrowth hubs?\b", re.IGNORECASE)
"""Phrases of which no word has an opposite by itself."""
_VERB = re.compile(r"\b(?:is|are|was|were|can|may|might|could|would|will|must|has|have|had|does|do|did)\b")


def reversed_(text):
    """Return a text with the first word that has an opposite changed into it, or negated where none has."""
    for match in re.finditer(r"[A-Za-z]+", _IDIOMS.sub(lambda idiom: " " * len(idiom.group()), text)):
        if other := OPPOSITE.get(match.group().lower()):
            other = other.capitalize() if match.group()[0].isupper() else other
            return text[: match.start()] + other + text[match.end() :]
    return negated(text)


def negated(text):
    """Return a text that denies what another says."""
    if match := _VERB.search(text):
        return f"{text[: match.end()]} not{text[match.end() :]}"
    return f"it is not so that {text[:1].lower()}{text[1:]}"


TOLD = []
"""The lies of every kind that this run has told."""


class Lies:
    """Lies of one kind, with the rules that found each out.

    Args:
        kind: What kind it is.
        floor: The share of them that must be found out.
        by: The rule that this kind breaks; survivors are printed with it.
        at_least: How many there must be.
    """

    def __init__(self, kind, floor, by, at_least=20):
        self.kind, self.floor, self.by, self.at_least = kind, floor, by, at_least
        self.told = []
        TOLD.append(self)

    def tell(self, lie, rules, true=""):
        """Take in a lie, the rules that find it out, and what is said in its place where it is true."""
        self.told.append((lie, set(rules), true))

    @property
    def share(self):
        return sum(bool(rules) for _, rules, _ in self.told) / len(self.told)

    def line(self):
        """Return what became of them, for a table."""
        found = ", ".join(f"{rule} {count}" for rule, count in Counter(rule for _, rules, _ in self.told for rule in rules).most_common())
        return f"{self.kind:<34} {self.share:>6.1%} of {len(self.told):>4}, floor {self.floor:.0%}, for {self.by} to tell; by {found}"

    def survivors(self):
        """Return those that nothing found out, each with what is true in its place."""
        return [f"  {lie}" + (f"\n    where it is true: {true}" if true else "") for lie, rules, true in self.told if not rules]

    def report(self):
        return "\n".join([self.line(), *self.survivors()])

    def held(self):
        """Assert that a share of them is found out."""
        assert len(self.told) >= self.at_least, f"only {len(self.told)} lies of the kind {self.kind}"
        assert self.share >= self.floor, self.report()
