"""Names, labels, versions and places in an order: digits that tell which, never how many."""

from __future__ import annotations

from evidence.quantity import lexicon, words
from evidence.quantity.context import DASHES, FUNCTION_WORDS, counted, measured, past_ordinal, small_number
from evidence.quantity.tokens import Tokens, is_whole
from evidence.quantity.words import word_set


def ordinal(tokens: Tokens, at: int) -> int:
    """Claim "17th", "the 90th percentile": a place in an order."""
    end = past_ordinal(tokens, at + 1)
    return end if is_whole(tokens[at]) and end > at + 1 else at


def name(tokens: Tokens, at: int) -> int:
    """Claim digits that belong to a name: "MACH24", "COVID-19", "post-16", "Q1", "5G", but no percentage and nothing with a unit."""
    before, token = tokens[at - 1], tokens[at]
    if token.kind == "number" and token.glued and before.kind == "word" and before.word not in ("x", *lexicon.CURRENCY_CODES):
        end, scale = _rest_of_name(tokens, at + 1), tokens[at + 1]
        scaled = scale.glued and not scale.capital and scale.word != "b" and scale.word in words.SHORT_SCALES
        return at if scaled or _with_mark(tokens, end) or _grouped(tokens, at) else end
    if token.kind == "number" and token.glued and before.word == "-" and before.glued and tokens[at - 2].kind == "word":
        return _hyphened(tokens, at)
    if token.kind == "small" and token.glued and before.kind == "word" and (before.word in _UNITS_OF_SIZE or ord(token.word[0]) >= 0x2080):
        return at + 1
    if token.word in lexicon.LISTS.get(before.word, ()) and not _with_mark(tokens, at + 1):
        return at + (before.word != "p" or tokens[at - 2].word in ("&", "s"))
    letter = tokens[at + 1]
    short = len(token.word) == 1 and letter.glued and letter.capital and len(letter.word) == 1
    return at + 2 if short and letter.word not in words.SHORT_SCALES and letter.word != "w" and before.kind != "money" else at


_UNITS_OF_SIZE = word_set("m km cm mm ft co r χ")
_PREFIXES = word_set("post pre under over mid non sub top catch g covid")


def _grouped(tokens: Tokens, at: int) -> bool:
    """Return whether a numeral behind letters is printed as an amount is ("RM23.50", "XAF500,000"), and as no name is."""
    cents = len(tokens[at].word.partition(".")[2]) == 2 and tokens[at - 1].capitals
    return "," in tokens[at].word or cents


def _with_mark(tokens: Tokens, at: int) -> bool:
    return (
        tokens[at].word == "%" or (tokens[at].word, tokens[at + 1].word) == ("per", "cent") or tokens[at].word in ("percent", "pc", "pct")
    )


def _rest_of_name(tokens: Tokens, at: int) -> int:
    while tokens[at].glued and tokens[at].kind in ("word", "number"):
        at += 1
    financial = tokens[at].word == "/" and tokens[at].glued and len(tokens[at - 1].word) == 4 and len(tokens[at + 1].word) in (2, 4)
    return at + 2 if financial and is_whole(tokens[at - 1]) and is_whole(tokens[at + 1]) and tokens[at + 1].glued else at


def _hyphened(tokens: Tokens, at: int) -> int:
    first = tokens[at - 2]
    end = _rest_of_name(tokens, at + 1)
    named = first.capitals or first.word in _PREFIXES or (first.capital and first.word not in FUNCTION_WORDS and not counted(tokens, end))
    return end if named and not measured(tokens, end) else at


LABELS = word_set(
    "level chart figure table footnote section pillar recommendation chapter part step volume issue page box number version phase item tier band grade"
    " article appendix annex paragraph clause strand wave channel stage scenario equation panel quarter type cluster hypothesis category"
)
_TITLES = word_set(
    "year week day goal goals target group class unit option key schedule scene zone gate platform room junction resolution directive regulation formula"
    " row game planet route episode season flight"
)
"""Labels only where they are written with a capital: "Year 7", "Goal 3"."""
LABELS |= {f"{label}s" for label in LABELS} | {"no", "nos", "p", "pp"} | _TITLES


def label(tokens: Tokens, at: int) -> int:
    """Claim the number of a part ("Chart 4", "section 2.1", "level 4 and above"), of a confidence level ("95% CI") and of a base ("per 1,000")."""
    if tokens[at].word in LABELS:
        return _numbered(tokens, at)
    base = tokens[at - 1].word in ("per", "every", "each") and _power_of_ten(tokens, at)
    if base or (tokens[at - 1].word == "per" and tokens[at].word in words.SCALES):
        return at + 1
    i = at + 1 + (tokens[at + 1].word == "%") + 2 * ((tokens[at + 1].word, tokens[at + 2].word) == ("per", "cent"))
    sure = lexicon.longest(_SURE, tokens, i) if i > at + 1 else None
    return sure[1] if sure else at


_SURE = lexicon.phrases(
    {"": "ci|cis|cri|confidence interval|confidence intervals|confidence level|confidence limits|credible interval|prediction interval"}
)


def _power_of_ten(tokens: Tokens, at: int) -> bool:
    digits = tokens[at].word.replace(",", "")
    return is_whole(tokens[at]) and len(digits) > 2 and "".join(digits.split()).rstrip("0") == "1"


_LONGEST_LABEL = 3


def _numbered(tokens: Tokens, at: int) -> int:
    pages = tokens[at].word in _PAGES
    i = at + 1 + (tokens[at + 1].word == "." and (pages or tokens[at].word in ("no", "nos")))
    short = (tokens[at].word in ("no", "nos") and i == at + 1) or (tokens[at].word in _TITLES and not tokens[at].capital)
    short = short or (pages and (i == at + 1 or not is_whole(tokens[i])))
    in_part = tokens[at].word == "part" and tokens[at - 1].word == "in" and not tokens[at].capital
    end = at if short or in_part else _list_of_numbers(tokens, i)
    opens = (tokens[at - 1].kind == "end" or tokens[at - 1].word in (".", "!", "?")) and not (
        tokens[at].word in _NO_VERBS and 0 < small_number(tokens, i) <= _MOST_PARTS
    )
    things = (
        ((opens and not tokens[at].capitals) or not tokens[at].capital)
        and counted(tokens, end)
        and tokens[end].word not in _OF_A_LABEL
        and (tokens[end].word != "of" or counted(tokens, end + 1))
    )
    return at if end <= i or measured(tokens, end) or things or tokens[end].word in ("below", "above", "higher", "lower") else end


_PAGES = ("p", "pp")
_NO_VERBS = word_set("year tier type category article chapter goal annex appendix pillar scenario recommendation")
"""Labels that no sentence begins with as a command ("Step 44 pupils down"), so that a number behind them tells which even before things counted."""
_MOST_PARTS = 20
"""As many parts are numbered so; more are counted."""
_LETTERS = tuple("abcdef")
"""Letters that tell parts of a numbered part apart ("table 3a")."""


def _list_of_numbers(tokens: Tokens, at: int) -> int:
    """Return the index after the short numbers at `at` ("2.1", "3 to 5", "1, 2 and 4")."""
    end = at
    while tokens[end].kind == "number" and len(tokens[end].word.split(".")[0]) <= _LONGEST_LABEL and "," not in tokens[end].word:
        at = end = _past_part(tokens, end)
        second = _past_part(tokens, end + 1)
        if tokens[end].word not in (*DASHES, "to", "and", "or", ",") or measured(tokens, second) or counted(tokens, second):
            break
        end += 1
    return at


def _past_part(tokens: Tokens, at: int) -> int:
    """Return the index after a number and the letter that may touch it ("3a", and those of it: "Year 7s")."""
    letter, after = tokens[at + 1], tokens[at + 2]
    told = letter.word in _LETTERS or (letter.word == "s" and is_whole(tokens[at]))
    return at + 1 + (letter.glued and told and not (after.glued and after.kind in ("word", "number")))


_OF_A_LABEL = word_set(
    "shows sets gives lists sums tells says sees covers concerns contains describes deals asks begins ends starts presents reports compares"
    " qualifications apprenticeships courses skills learners applies looks considers requires outlines summarises explains"
    " explores examines discusses assesses reviews analyses highlights illustrates details focuses turns draws includes provides refers relates uses"
)
"""Words that stand behind a label though they look like things counted."""


_SOFTWARE = word_set("python version versions v release releases")


def _release(tokens: Tokens, at: int) -> bool:
    """Return whether a numeral with a point stands at `at` that nothing measures or counts."""
    return tokens[at].kind == "number" and "." in tokens[at].word and not measured(tokens, at + 1) and not counted(tokens, at + 1)


def version(tokens: Tokens, at: int) -> int:
    """Claim the number of a version: several points ("1.2.3"), or one behind a name ("Industry 4.0") and no unit."""
    token, before = tokens[at], tokens[at - 1]
    if token.kind != "number":
        return at
    if token.word.count(".") > 1:
        return at + 1
    if before.word in _SOFTWARE and _release(tokens, at):
        return at + 3 if tokens[at + 1].word in (*DASHES, "to", "and", "or") and _release(tokens, at + 2) else at + 1
    known = before.word in ("industry", "web", "version", "v", "society", "work", "release")
    sign = before.word in lexicon.RATIO_SIGNS or before.word in ("ci", "gdp")
    named = (before.capitals and not sign) or (before.capital and tokens[at - 2].capital and tokens[at - 2].kind == "word")
    numbered = len(token.word) == 3 and (token.word.endswith(".0") or (known and "." in token.word)) and not measured(tokens, at + 1)
    return at + 1 if (known or named) and numbered and not counted(tokens, at + 1) else at
