"""Unlinked: a sentence that judges what the book is about stands on a record that says so.

"Nobody", "all firms", "proves", "since then", "far more", "the largest": such words are believed like a number, and beside no link nothing proves them.
A sentence is about the matter of the book when it names whom, where, when or what is measured, or when it speaks in the words of the records without
speaking of sources and pages themselves. What it leaves open ("may", "if") it does not state.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from evidence.catalog import Library, schema
from evidence.form.sentences import spans
from evidence.problems import Problem
from evidence.quantity import find_numbers
from evidence.statements.pages import Passage
from evidence.statements.propositions import senses
from evidence.statements.rules.foreign import Said, declared_places, said_together
from evidence.statements.rules.foreign import words as words_of
from evidence.statements.rules.judgements import judgements
from evidence.statements.rules.proposition import IDIOMS
from evidence.statements.rules.quantified import superlative
from evidence.statements.rules.subject import stems
from evidence.statements.rules.terms import terms
from evidence.statements.signed import countersigned

_OF_ALL = re.compile(
    r"\b(?:(?<!that employ )(?<!which employ )(?<!that have )nobody|no[ -]one|everybody|everyone|everywhere|nowhere|nothing (?:works|helps|matters|else)|always|never|invariably|(?:hardly|almost|nearly) (?:any|all|no|every|ever)\w*|without exception"
    r"|(?:the )?(?:vast |great |overwhelming |large )?(?:bulk|majority) of|(?:vast|great|overwhelming|large) majority|(?:lion[’']s|greater|larger) share|next to (?:no|none|nothing)"
    r"|(?:scarce|few and) (?:any|far between)|one and all|to a (?:man|woman)|across the board|single-handed(?:ly)?|(?<!not )alone(?= (?:create|make|carry|bring|drive|keep|can|hold|do|decide|save)s?\b)"
    r"|nothing without|but for|without which|were it not for|streets ahead|the (?:only|sole) (?:way|answer|hope|cure|remedy))\b",
    re.IGNORECASE,
)
"""Words that say something of all, of none, or of nearly so."""

_COUNTING = re.compile(
    r"(?<!\bof )(?<!\bto )(?<!\bby )(?<!\bfrom )(?<!\bover )(?<!\ba )(?<!\bvery )(?<!\bwith )(?<!\bso )(?<!\bthe )(?<!\balmost )"
    r"\b(?:all|every|no|most|few|only|none(?= of))(?: of)?(?: (?:the|these|those|its|their|our))?(?P<named>(?: [\w-]+){1,2})",
    re.IGNORECASE,
)
"""Words that count those that follow, whose name is one of the two words after them; "of all firms" but says what a share is of."""

_CAUSE = re.compile(
    r"\b(?:prove[sdn]?|proving|disprove[sdn]?|cause[sd]|causing|guarantee(?:s|d|ing)?|ensur(?:es|ed|ing)|thanks to|because of|due to|owing to|result(?:s|ed)? in"
    r"|le(?:d|ads) to|leading to|demonstrate[sd]?|(?:is|are|was|were) (?:to blame|responsible|the (?:cause|reason|key|answer))|owe[sd]? (?:\w+ ){1,3}to|depend(?:s|ed)? (?:entirely|wholly|solely) on|dominate[sd]?|transform(?:s|ed)|revolutioni[sz]e[sd]?|it is a fact|no doubt|beyond question|the truth is"
    r"|trigger(?:s|ed|ing)?|underpin(?:s|ned|ning)?|br(?:ings?|ought|inging) (?:about|back)|put(?:s|ting)? (?:paid|an end|a stop) to|give(?:s|n)? rise to|gave rise to|account(?:s|ed)? for the"
    r"|spark(?:s|ed|ing)?|fuel(?:s|led|ling)?|spur(?:s|red|ring)?|stem(?:s|med)? from|thanks? entirely|at the root of|behind (?:the|this) (?:rise|fall|growth|decline|recovery|gap)"
    r"|hold(?:s|ing)? (?:\w+ ){0,3}back|held (?:\w+ ){0,3}back|stand(?:s)? in the way|pay(?:s)? for (?:themselves|itself)|doom(?:s|ed)|ruin(?:s|ed)?|save[sd] the|rescue[sd]?|kill(?:s|ed)? off"
    r"|bound to|destined to|sure to|certain to|inescapabl[ey]|goes without saying|needless to say|self-evident\w*|unquestionabl[ey]|indisputabl[ey]|clearly (?:shows?|proves?)"
    r"|(?:the )?(?:backbone|engine|lifeblood|cornerstone|heart|bedrock|linchpin|driving force|motor|saviours?) of|undoubtedly|undeniabl[ey]|certainly|inevitabl[ey]|obviously|without (?:a )?doubt)\b",
    re.IGNORECASE,
)
"""Words that call one thing the cause or the proof of another, or a thing certain."""

_SINCE = re.compile(
    r"\b(?:since then|ever since|never looked back|once and for all|in free fall|on the brink|no longer|more and more|less and less|fewer and fewer|ever (?:more|less|fewer|\w+er)|year (?:after|by|on) year|for decades)\b",
    re.IGNORECASE,
)
"""Words that tell of a change over time."""

_DEGREE = re.compile(
    r"\b(?:(?:far|much|many|even|considerably|significantly|vastly) (?:more|less|fewer|\w{3,}er)|(?:more|less|fewer|\w{3,}er)(?: [\w-]+){0,3} than"
    r"|the (?!(?:rest|forest|interest|request|latest|modest|harvest|contest|protest|test)\b)(?:\w{3,}est|(?:most|least|best|worst)(?: \w+)?))\b",
    re.IGNORECASE,
)
"""Comparisons and superlatives by their form."""

_DRAWN = re.compile(
    r"\b(?:(?:com|stand|rank|lie|lay)\w* (?:first|last|level|apart|close)|leads?(?= by\b| the\b| with\b| \W|[;,.]|$)|follows?(?=[;,.]|$)|(?:close|far|wide|both|all) (?:together|apart)"
    r"|level|alike|(?:of|like|equal) length|(?:is|are|seem|look)s? (?:long|short|tall|wide|narrow|flat|steep|rare|common|high|low|even)|to the (?:right|left) of"
    r"|close to|hardly differ|overlaps?|nearly evenly|far before|in front of)\b",
    re.IGNORECASE,
)
"""Words by which the description of a chart judges what is drawn: who cannot see it has nothing to hold them against."""

_OPEN = re.compile(
    r"\b(?:if|whether|unless|would|should|let us|suppose)\b|\?\s*$|^\s*(?:how|what|who|why|when|where|which)\b", re.IGNORECASE
)
"""Words that leave open a whole sentence."""

_COUNTERFACTUAL = re.compile(r"\bwould (?:[\w-]+ ){0,4}(?:but for|without)\b|\bwere it not for\b", re.IGNORECASE)
"""Words that make one thing the condition of another, and leave nothing open."""

_POSSIBLE = re.compile(r"\b(?:may|might|can|cannot|could|perhaps|probably|likely|seems?|tends?)\b", re.IGNORECASE)
"""Words that leave open their clause."""

_CLAUSE = re.compile(r"[,;:()]|\u2014|\u2013")

_NO_COMPARISON = re.compile(
    r"\babove all\b|\bat (?:least|most|best|worst|first|last)\b|\b(?:chart|table|listed|used|stands?|sentences|map) (?:above|below)\b|\b(?:above|below)(?= *[,.;:)]|$)|^below\b|\b(?:rather|other|less|more) than (?:once|possible)\b"
    r"|\brather than\b|\bother than\b|\b(?:whether|either|together|neither|gather) than\b",
    re.IGNORECASE,
)
"""Where such a form compares nothing."""

_OF_SOURCES = re.compile(
    r"\b(?:reports?|reported|surveys?|charts?|pages?|tables?|models?|numbers?|figures?|estimates?|articles?|sources?|summar(?:y|ies)|evidence|draws?|our|we|us|book"
    r"|findings?|statements?|prints?|printed|accounts?|library|entr(?:y|ies)|values?|editions?|read|here|this|definitions?|blogs?|sentences?|headlines?"
    r"|inputs?|ranges?|documents?|command|sample|index|count)\b",
    re.IGNORECASE,
)
"""Words of a sentence that speaks of what is read and written, not of the world."""

_CHARTS = f"data/{schema.CHARTS.path}"

_JOINING = stems(
    "those together ever every between been after without through both while where there being during among within against before because behind many"
    " ways long list part real with from than that still same make made take used high lower higher change"
)
"""Words of records that every text has."""

_SMALL = frozenset(("the", "of", "to", "than", "these", "those", "a"))
"""Words of a judgement that say nothing by themselves."""

_JUDGING = ("reason", "effect", "purpose", "quantity")
"""Kinds of judgements that nothing bears out where no record is linked."""

_OFTEN = 3
"""In how many records a word stands before it is a word of the book's matter."""

_REMEDY = "Link the words to a finding or claim that says it (evidence cite WORDS finds one), to a comparison, [words](compare:A/above/B), say it without judging, or let somebody else sign the sentence (evidence countersign)."


def problems(passage: Passage, library: Library) -> Iterator[Problem]:
    """Yield the words of a sentence that judge, stand in no link, and are in no record that the sentence links."""
    block = passage.block
    if not passage.states:
        return
    text, signed = IDIOMS.sub(lambda match: " " * len(match.group()), block.without(bool)), countersigned(passage, library)
    for start, end in spans(block.text):
        if start in signed:
            continue
        found = list(_judgements(text[start:end], bound=_bound(passage, start, end), library=library))
        found += [match.span() for match in _DRAWN.finditer(text[start:end])] if _describes(passage) else []
        if not found or not _of_the_matter(passage, text[start:end], library) or find_numbers(block.without(bool)[start:end]):
            continue  # a number that is bound to nothing is told of itself
        said = said_together(passage, (start, end), library)
        for first, last in found:
            if not _borne_out(block.text[start + first : start + last], said):
                message = f'"{block.text[start + first : start + last]}" judges, and no link proves it.'
                yield passage.problem(start + first, start + last, message, _REMEDY)


def _describes(passage: Passage) -> bool:
    """Return whether a passage is what a chart is described by."""
    return passage.page == _CHARTS and passage.place.column == "description"


def _bound(passage: Passage, start: int, end: int) -> bool:
    """Return whether a sentence states a figure: what compares there is told by the rule of propositions."""
    return any(link.scheme == "figure" and start <= link.start < end for link in passage.block.links)


def _judgements(sentence: str, *, bound: bool, library: Library) -> Iterator[tuple[int, int]]:
    """Yield where the words of a sentence that judge begin and end, none inside another."""
    yield from (match.span() for match in _COUNTERFACTUAL.finditer(sentence))
    if _OPEN.search(sentence):
        return
    forms = [_OF_ALL, _CAUSE, _SINCE, *([] if bound else [_DEGREE])]
    shown = _NO_COMPARISON.sub(lambda match: "\0" * len(match.group()), sentence)
    found = [match.span() for form in forms for match in form.finditer(shown)]
    told = [(one.start, one.end) for one in judgements(shown, *_JUDGING) if not superlative(shown, one)]
    if bound:  # reasons and quantities beside a number are told of the number
        found = [span for span in found if not any(start < span[1] and span[0] < end for start, end in told)]
    else:
        found += [*told, *((first, last) for first, last, _ in senses(shown))]
        found += [match.span() for match in _COUNTING.finditer(shown) if _names(match["named"], library)]
    end = 0
    for first, last in sorted(found, key=lambda span: (span[0], -span[1])):
        if first >= end and not _POSSIBLE.search(_clause(sentence, first)):
            yield first, last
            end = last


def _names(words: str, library: Library) -> bool:
    """Return whether words name what the book is about."""
    return bool(_matter(library) & stems(words)) or any(True for _ in terms(words, frozenset()))


def _clause(sentence: str, place: int) -> str:
    """Return the clause of a sentence that holds a place."""
    marks = [0, *(match.end() for match in _CLAUSE.finditer(sentence)), len(sentence)]
    return next(sentence[one:other] for one, other in pairwise(marks) if place < other or other == len(sentence))


def _of_the_matter(passage: Passage, sentence: str, library: Library) -> bool:
    """Return whether a sentence speaks of what the records are about: a chart always does."""
    if passage.page == _CHARTS or any(True for _ in terms(sentence, declared_places(library))):
        return True
    return bool(_matter(library) & stems(sentence)) and not _OF_SOURCES.search(sentence)


@lru_cache(maxsize=2)
def _matter(library: Library) -> frozenset[str]:
    """Return the stems of words in which several records say of whom and what they are."""
    rows = [f"{row['population']} {row['mechanism']} {row['outcome']}" for row in library.rows("findings")]
    held = Counter(stem for about in [*rows, *(figure.population for figure in library.figures.values())] for stem in stems(about))
    return frozenset(stem for stem, times in held.items() if times >= _OFTEN and len(stem) > 3 and stem[0] != "~") - _JOINING


def _borne_out(judgement: str, said: Said) -> bool:
    """Return whether the records of a sentence judge in the same words."""
    return bool(said.all) and words_of(judgement) - _SMALL <= said.all
