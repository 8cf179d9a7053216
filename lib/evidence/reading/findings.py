"""The results that a document states in words: the sentence of each, which way its words point, and where it stands; the rest is its author's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from evidence.catalog import schema
from evidence.catalog.verify import Text
from evidence.catalog.verify.apparatus import apparatus
from evidence.catalog.verify.text import Span
from evidence.grading.senses import CAUSE
from evidence.grading.senses import direction as pointing
from evidence.reading.blocks import ITEM, PARAGRAPH, Stretch, blocks, sentences
from evidence.reading.naming import Names
from evidence.reading.proposed import Proposed
from evidence.reading.quoting import LONGEST_QUOTE, quote
from evidence.statements.propositions import senses

_TOLD = re.compile(
    r"\b(?:associated with|correlat\w+ with|linked to|tend(?:s|ed)? to|struggl(?:e|es|ed|ing)|hinder\w*|undermin\w+|improv(?:e|es|ed)|reduc(?:e|es|ed)"
    r"|benefit(?:s|ed)?|barriers? to|contribut(?:e|es|ed) to|no (?:evidence|significant|effect|difference)|(?:more|less) likely)\b",
    re.IGNORECASE,
)
"""Words of a result that tell neither a change nor a cause by themselves."""
_OURS = re.compile(
    r"\?\W*$|^(?:this|the following|these) (?:report|chapter|section|paper)\b|\b(?:we|this report) (?:recommend|suggest|propose|will)\b|\b(?:should|must)\b",
    re.IGNORECASE,
)
"""What asks, announces or demands, and so states no result."""
_FEWEST = 6
_UNKNOWN = ("none",)


def findings(text: Text, taken: Set[str] = frozenset()) -> Iterator[Proposed]:
    """Yield a proposal for each sentence that states a change, a comparison, a cause or what goes with what.

    A result in the author's own words, its basis and its design stay blank, for nobody but who has read the document can tell them.

    Args:
        text: The text of the document.
        taken: Ids that are in the library already.

    Example:
        >>> (one,) = findings(Text("We baked. Advice from a baker has improved the bread of small firms."))
        >>> one.cells["quote"], one.cells["direction"]
        ('Advice from a baker has improved the bread of small firms.', 'positive')
    """
    names, silent = Names(taken), apparatus(text)
    for block in (one for one in blocks(text) if one.kind in (PARAGRAPH, ITEM)):
        for span in sentences(text, block):
            word = _telling(text.plain[slice(*span)])
            if word and not any(low <= span[0] < high for low, high in silent):
                yield _proposed(text, block, span, (span[0] + word[0], span[0] + word[1]), names)


def _telling(sentence: str) -> Span | None:
    """Return where the first word stands by which a sentence states a result; None where it states none."""
    if len(sentence.split()) < _FEWEST or _OURS.search(sentence):
        return None
    found = [(low, high) for low, high, _ in senses(sentence) if sentence[high : high + 1] == " "]
    found += [match.span() for pattern in (CAUSE, _TOLD) if (match := pattern.search(sentence))]
    return min(found, default=None)


def _proposed(text: Text, block: Stretch, span: Span, word: Span, names: Names) -> Proposed:
    quoted = span if span[1] - span[0] <= LONGEST_QUOTE else quote(text, word, span)
    said = text.plain[slice(*quoted)]
    way = pointing(said)
    at = text.place(span[0])
    cells = {
        "id": names.of((said, "", ""), block.heading, "", said, span[0]),
        "locator": ", ".join(filter(None, [block.heading[:120], at])),
        "quote": said,
        "direction": "" if way in _UNKNOWN else way,
    }
    return Proposed(cells, (span[0], span[0]), quoted, at, said, kind=schema.FINDINGS.name)
