"""Relations between the rows of a table that words tell: more than another, together, by so much, a share of all, so many times, or the cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from evidence.quantity.words import word_set
from evidence.referee.constructions.table_clauses import (
    TableClause,
    knows,
    meets,
    noun_behind,
    row_spoken_of,
    tells_whole,
)
from evidence.referee.constructions.table_rows import RowOfTable, bare, kin
from evidence.referee.constructions.table_values import (
    FromCells,
    across,
    cells_of,
    gaps,
    is_change,
    moves,
    multiples,
    parts,
    sums,
)
from evidence.referee.mentions import CHANGE, YEAR, Occurrence, stem
from evidence.referee.relations.reach import base
from evidence.referee.relations.subjects import one_digit, swaps

_MORE = r"more|fewer|less|higher|lower|longer|shorter|greater|larger|smaller|dearer|cheaper|better|worse|up|down"
_THAN = re.compile(
    rf"^(?P<what>(?: [a-z'-]+){{0,3}}?) (?:(?:{_MORE})\b[^,;]{{0,40}}?\b(?:than|over)|above|below|ahead of|behind|short of|beyond)\b(?P<tail>.*)$"
)
_EXCEEDS = re.compile(
    r"\b(?:exceed\w*|outnumber\w*|outstrip\w*|surpass\w*|top(?:s|ped)|beat\w*|trail\w*|lag\w*|led|leads?)\b(?P<tail>.*) by (?:[a-z]+ ){0,2}$"
)
_GAP = re.compile(r"(?: [a-z]+){0,3} (?:separat\w+|divid\w+|lay between|lies between|apart)\b")
_GAP_OF = re.compile(
    r"\b(?:gap|difference|differ\w*|margin|distance)\b.*\b(?:is|was|of|by|at|to) (?:(?:just|only|about|some|nearly|almost|over) )*$"
)
_THEN = re.compile(
    r"^ (?:in |at |for )?(?:(?:19|20)\d\d|the (?:year|month|previous|preceding|earlier|start)|(?:a|one|two|three|four|five|six|ten) (?:years?|months?)|last|before|previously|it|they|then)\b"
)
_EACH = re.compile(r"^ (?:[a-z]+ ){0,3}?(?:for|to) (?:each|every|one|a single)\b(?P<tail>.*)$")
_AS = re.compile(r"^ (?:as (?!likely)|more (?!likely)|the )(?P<tail>.*)$")


def bound_values(clause: TableClause) -> tuple[list[FromCells], list[FromCells] | None]:
    """Return what the relation that words tell between rows gives, and all that it may give where they leave no other."""
    for reading in (_for_each, _between, _as_many, _together, _moved, _of_itself, _part_of, _cell):
        found = list(reading(clause))
        if found:
            both = clause.left and clause.right
            sure = reading is _of_itself or (both and (reading is _as_many or (reading is _between and _THAN.match(clause.behind))))
            return _in_columns(clause, found), found if sure else None
    return [], None


def _in_columns(clause: TableClause, found: list[FromCells]) -> list[FromCells]:
    """Return of what is given that of the columns which a clause names, where it names some."""
    words = [bare(word) for word in re.findall(r"[a-z]+", f"{clause.ahead[-60:]} {clause.behind[:60]}")]
    heads = clause.grid.heads
    own = {
        column: [
            bare(word)
            for word in re.findall(r"[a-z]{3,}", re.sub(r"\([^)]*\)", "", head.lower()))
            if word not in ("share", "total", "number", "rate", "change", "the", "per")
        ]
        for column, head in heads.items()
    }
    named = {
        column
        for column, told in own.items()
        if any(
            kin(word, one)
            for word in told
            for one in words
            if not any(kin(word, other) for at, others in own.items() if at != column for other in others)
        )
    }
    years = set(YEAR.findall(f"{clause.ahead} {clause.behind}"))
    dated = {column for column, head in heads.items() if years & set(YEAR.findall(head))}
    for columns in (named, dated):
        said = [given for given in found if given.kind == "share" and len(given.cells) == 1 and _is_said(clause, given)]
        kept = [given for given in found if given in said or any(cell.column in columns for cell in given.cells)]
        kept = [] if len(kept) == len(said) else kept
        found = kept or found
    return found


def _for_each(clause: TableClause) -> Iterator[FromCells]:
    """So many for each of another row."""
    match = _EACH.match(clause.behind)
    if match and clause.left and clause.right:
        for given in multiples(clause.left, clause.right):
            if given.kind == "times":
                yield replace(given, kind="level" if "level" in clause.kinds else "times")


def _between(clause: TableClause) -> Iterator[FromCells]:
    """By how much one row is more than another."""
    than, exceeds = _THAN.match(clause.behind), _EXCEEDS.search(clause.ahead)
    if than and clause.right and not _THEN.match(than["tail"]) and knows(clause, than["what"]):
        first = clause.left or row_spoken_of(clause)
        if set(first) & set(clause.right):
            return
        yield from _all_gaps([first] if first else [[row] for row in clause.grid.rows if row not in clause.right], clause.right)
    elif exceeds and len(clause.before) > 1 and knows(clause, noun_behind(clause)):
        yield from _all_gaps([clause.before[:-1]], clause.before[-1:])
    elif (
        (_GAP_OF.search(clause.ahead) or _GAP.match(clause.behind))
        and len({*clause.left, *clause.right}) == _TWO
        and knows(clause, noun_behind(clause))
    ):
        one, two = dict.fromkeys([*clause.left, *clause.right])
        yield from gaps([one], [two])


_TWO = 2


def _all_gaps(firsts: Iterable[Sequence[RowOfTable]], second: Sequence[RowOfTable]) -> Iterator[FromCells]:
    for first in firsts:
        for own in [first] if len(first) == 1 else [first, first[-1:], first[:1]]:
            for other in [second] if len(second) == 1 else [second, second[:1]]:
                yield from gaps(own, other)


def _as_many(clause: TableClause) -> Iterator[FromCells]:
    """How many times another a row is."""
    match = _AS.match(clause.behind)
    first = clause.left or row_spoken_of(clause)
    if "times" in clause.kinds and match and clause.right and first and not set(first) & set(clause.right):
        yield from multiples(first[-1:], clause.right[:1])


_TOGETHER = re.compile(
    r"\b(?:together|combined|between them|jointly|both|in all|altogether|the two|the pair|in total|all told|collectively|and|plus|added)\b"
)


def _together(clause: TableClause) -> Iterator[FromCells]:
    """What rows have together."""
    rows = clause.left if len(clause.left) > 1 else clause.next if len(clause.next) > 1 and not clause.left else ()
    if not rows or not _TOGETHER.search(clause.ahead + clause.behind) or not knows(clause, noun_behind(clause)):
        return
    of = _OF.match(clause.behind)
    if of and base(clause.claim) == "percent" and not tells_whole(clause, of["what"]):
        return
    if re.search(r"\b(?:respectively|each|apiece|every|between|from)\b(?! them)", clause.ahead):
        return
    yield from sums(rows, clause.grid)
    yield from (replace(given, check="sum") for given in parts(rows, clause.grid) if given.kind == "share")
    yield from moves(rows, clause.grid)


_BY = re.compile(
    rf"\b(?:{CHANGE.pattern}|by|climb\w*|advanc\w*|shed\w*|bring\w* in|brought in|explain\w*|save[sd]?|saving|hardly [a-z]+|gain\w*|los[et]\w*|put on)\b[^,;.]{{0,30}}$"
)
_BY_BEHIND = re.compile(
    r"^(?: [a-z-]+){0,3}? (?:more|less|fewer|up|down|higher|lower)\b(?! than \d)|^(?: [a-z]+)? of the (?:reduction|rise|increase|fall|drop|growth|saving|decline|cut|change|difference|gain|loss|extra)\b"
    r"|^(?: [a-z-]+){0,3}? (?:increase|rise|fall|drop|decline|reduction|growth|gain|loss|cut)\b"
)
_MORE_OF = re.compile(r"^ (?:more|fewer|extra|additional|less) (?!than|in|at|on|over)")
_LEVEL = re.compile(
    r"\bma(?:de|ke|kes|king) up (?:[a-z]+ )?$|\b(?:from|to|at|than|stood|reached) (?:(?:just|only|about|some|nearly|almost|over|around) )*$"
)


def _moved(clause: TableClause) -> Iterator[FromCells]:
    """By how much a row moved between two columns."""
    own = clause.next[:1] if _MORE_OF.match(clause.behind) else ()
    rows = own or clause.left[-1:] or row_spoken_of(clause) or clause.next[:1]
    tells = (_BY.search(clause.ahead) or _BY_BEHIND.match(clause.behind)) and not _LEVEL.search(clause.ahead)
    told = clause.grid.pairs or any("chang" in head.lower() for head in clause.grid.heads.values())
    if rows and tells and told and knows(clause, noun_behind(clause)):
        yield from moves(rows, clause.grid)


_SHARE = re.compile(
    r"\b(?:account\w*|ma[dk]e\w* up|represent\w*|compris\w*|constitut\w*|contribut\w*|form\w*|suppl\w*|absorb\w*|receiv\w*|t[ao]ke?n?\w*|earn\w*|caus\w*|attract\w*|draw\w*|drew|provid\w*|cover\w*)\b"
)
_OF = re.compile(r"^ of (?P<what>[^,;.]{2,60})")


_OF_ROW = re.compile(
    r"^\W*(?:of|among) (?:the |all |all the |its |those )*[^,;]{0,60}, (?:(?:just|only|about|some|nearly|almost|over|fully) )*$"
)
_OF_NOUN = re.compile(r"^ of (?:the |all |all the )?[a-z]+ (?:about|from|involving|by|for|concerning|against|over|on) (?!those)")


def _of_itself(clause: TableClause) -> Iterator[FromCells]:
    """What share of a row is in another of its columns: "of the dairy farms visited, a tenth failed"."""
    ahead_, behind_ = _OF_ROW.match(clause.ahead), _OF_NOUN.match(clause.behind)
    rows = clause.left if ahead_ else clause.next if behind_ and not clause.left else ()
    if base(clause.claim) == "percent" and len(rows) == 1 and len(clause.all) == 1:
        shares = (given for given in cells_of(rows) if given.kind == "share" and "share" not in given.cells[0].head.lower())
        yield from (given for given in (*across(rows, clause.grid), *shares) if given.kind == "share" and _is_named(clause, given))


def _is_named(clause: TableClause, given: FromCells) -> bool:
    """Return whether a clause has a word of the head of a column that no label has."""
    words = [stem(word) for word in re.findall(r"[a-z]{4,}", clause.ahead + clause.behind)]
    heads = [stem(word) for cell in given.cells for word in re.findall(r"[a-z]{4,}", cell.head.lower())]
    return any(one == word for one in heads for word in words)


def _part_of(clause: TableClause) -> Iterator[FromCells]:
    """What share of all a row is, or of itself in another column."""
    of = _OF.match(clause.behind)
    rows = clause.left[-1:] or (clause.next[:1] if of and _VERB.search(of["what"]) else ()) or row_spoken_of(clause)
    if (of and _OF_THOSE.match(of["what"])) or _APPOSED.search(clause.ahead):
        return
    if not rows or not (of or _SHARE.search(clause.ahead)) or (of and not tells_whole(clause, of["what"])):
        return
    if base(clause.claim) == "percent" and not clause.claim.quantity.in_words:
        yield from parts(rows, clause.grid)
        yield from (
            given for given in cells_of(rows) if given.kind == "share" and not is_change(given.cells[0]) and _is_said(clause, given)
        )
        yield from (given for given in across(rows, clause.grid) if _both_named(clause, given))


_OF_THOSE = re.compile(r"(?:those|these|them|whom|which|[a-z]+ (?:with|who|aged|whose|that))\b")
_APPOSED = re.compile(r"(?:, (?:or|that is|i\.e\.)|\() (?:(?:just|only|about|some|nearly|almost|over) )*$")


def _is_said(clause: TableClause, given: FromCells) -> bool:
    """Return whether the head of a share has no word but such as say that it is one, and such as stand in the clause."""
    words = [bare(word) for word in re.findall(r"[a-z]+", clause.ahead + clause.behind)]
    head = [bare(word) for word in re.findall(r"[a-z]{3,}", re.sub(r"\([^)]*\)", " ", given.cells[0].head.lower()))]
    return all(word in _OF_SHARES or any(kin(word, one) for one in words) for word in head)


_OF_SHARES = word_set("share total all per cent percentage proportion rate the number whole overall")


def _both_named(clause: TableClause, given: FromCells) -> bool:
    """Return whether a clause names both columns of a share."""
    words = [bare(word) for word in re.findall(r"[a-z]+", clause.ahead + clause.behind)]
    heads = [[bare(word) for word in re.findall(r"[a-z]{3,}", cell.head.lower())] for cell in given.cells[-2:]]
    return heads[0] != heads[1] and all(any(kin(one, word) for one in head for word in words) for head in heads)


_VERB = re.compile(r"^[^,;.]*? (?:was|were|is|are|came|come|went|go|goes|lay|lie|fell|had|has|have) ")


def _cell(clause: TableClause) -> Iterator[FromCells]:
    """A cell of the one row that a clause names, where the number is the cell but for a slip."""
    rows = clause.left[-1:] or clause.next[:1]
    if not rows or clause.claim.quantity.in_words or clause.claim.quantity.hedge or not knows(clause, noun_behind(clause)):
        return
    for given in (*cells_of(rows), *(one for one in across(rows, clause.grid) if one.kind == "rate")):
        if meets(clause.claim, given) or (_is_slip(clause.claim, given) and not _is_beside(clause.claim, given)):
            yield given


def _is_beside(claim: Occurrence, given: FromCells) -> bool:
    """Return whether another number of a sentence is the cell."""
    return any(meets(m, given) for m in claim.sentence.mentions if m is not claim)


def _is_slip(claim: Occurrence, given: FromCells) -> bool:
    """Return whether a number is a cell but for one digit or two that are exchanged."""
    cell = given.cells[0]
    long = len(re.sub(r"\D", "", claim.text)) > _TWO
    return len(given.cells) == 1 and (swaps(claim.text, cell.text) or (long and one_digit(claim.text, cell.text)))
