"""Which way words point: what a statement in plain English says of a result, read from the words that praise, blame, raise, lower and negate.

It reads words and no sense, so it is held only against what an author has said twice, and told where it must be wrong.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_SENSES = {
    "not": "not no never nor neither without hardly little few cannot nothing nobody none rarely seldom",
    "down": "less fewer reduc* lowered lowering fell fall falls fallen falling drop* decreas* cut cuts least shorter smaller smallest halv* minimis*"
    " overcome* ease eases eased closing close closes mend* narrow* slow slows slower down",
    "up": "more higher high highest raise* rise rising rises rose risen grow grows growing grew grown growth greater great greatest increas* larger faster"
    " further wider most expand* multipl* accelerat* strong* spread*",
    "varied": "depend* differ* varie* split mixed dichotom* divid* divis* but whether uneven blurring shapes while understand unaware",
    "neutral": "defined definition panacea",
    "bad": "problem* harder hard poor poorly bad worse worst worsen* boring doubt* destroy* destruct* fear* harm* lack* barrier* struggl* burden*"
    " complex* complicat* fragment* weak weaker weakest weakness* isolat* under-represented unaddressed unskilled repetitive dirty old-fashioned"
    " negativ* wrong fail* stagna* stall* decline* declining shrink* slowly shortage* missing risk* threat* deprivation expense cost costly"
    " discourag* stuck anger hopeless* mistrust* distrust* low lower lowest crime unemploy* gap gaps chaotic disparit* scarce heavy game gaming"
    " uneasily redundanc* apart male centralised constraint* lost lose loses blind drawback* lonely detached absence deter* hinder* hamper*"
    " block* prevent* excessiv* neglect* ignor* reject* difficult* useless ineffective unpopular leave leaves stagnant separate* unclear rigid"
    " unstable unproductive worthless",
    "good": "help* support* strengthen* improv* benefi* good better best essential value valued valuable trust* optimis* creative creativity innovat*"
    " attract* foster* let lets letting enabl* opportunit* chance chances succe* solve* solving effective* efficien* resilien* reward* recover*"
    " popular* favourabl* modern genuine rich advanced gain gains cheap* boost* agree* ready readier readi* interested learn* contribut* visib*"
    " synergy stable flexib* secur* joint together share* sharing want wants matter matters prefer* heard productive skilled respond* win clear*"
    " easi* survive* prosper* drive drives driven driver* drove key pride positive* serve* bring brings brought give gives gave fit fits draw attention"
    " add adds reinforc* bedrock build builds built lasting collaborative possible inclined promis* levers suit* like reach reaches loyal healthy"
    " fair safe adopt* well highly concentrate develop develops development credit* especially",
}
"""Words by what they say of a result; a star stands for any ending. The first list that has a word counts."""

_READ = [(sense, re.compile(words.replace(" ", "|").replace("*", r"\w*"))) for sense, words in _SENSES.items()]
_NAMES = re.compile(
    r"\bleft-behind\b|\boutside (?:education|left)|\b(?:at|for) (?:the )?(?:least|most)\b|\babove all\b|\bin spite of\b|\btechnical-digital\b|\bless education\b"
)
"""Phrases that name or join, and tell no direction."""

_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
_REACH = 3
"""How many words on a negation or a word of change still turns what it stands before."""

NEGATION = re.compile(r"\b(?:not|no|never|nor|neither|cannot|nobody|nothing|none)\b|n['\u2019]t\b", re.IGNORECASE)
_DENIAL = re.compile(r"\bit is (?:not (?:so|true|the case)|untrue|false|wrong)\b", re.IGNORECASE)
_WITHHELD = re.compile(
    r"\b(?:without|lack\w*|fail\w*|hardly|few|fewer|less|little|limited|absen\w+|disappear\w*|un\w+|in(?:access|suffici|adequ)\w*|mis\w+"
    r"|outside|rarely|rather than|otherwise|stopped|weak\w*|barrier\w*|struggl\w*|low)\b",
    re.IGNORECASE,
)
"""Words in which a source may say what a statement of ours negates."""

CAUSE = re.compile(
    r"\b(?:caus(?:e|es|ed|ing)|leads? to|led to|rais(?:e|es|ed)|because|due to|owing to|driv(?:e|es|en)|drove|result(?:s|ed)? in|effects? on|thanks to"
    r"|br(?:ings?|ought) about|boost(?:s|ed)?|makes?|help(?:s|ed)?|lets|enabl(?:e|es|ed)|foster(?:s|ed)?|feeds|harm(?:s|ed)?|builds|prevent(?:s|ed)?)\b",
    re.IGNORECASE,
)
"""Words that make one thing the cause of another."""

HELD = re.compile(
    r"\b(?:expect|say|says|said|believe|think|thought|report|reported|hold|put down|called|doubt|ascribed|would|could|may|might|can)\b",
    re.IGNORECASE,
)
"""Words that leave a cause to whoever names it, or leave it open."""

_PAIRS = (
    "higher/lower highest/lowest most/least oftener/rarer faster/slower wider/narrower rise/fall"
    " rises/falls rose/fell risen/fallen grew/shrank grow/shrink grows/shrinks growth/decline increase/decrease increases/decreases increased/decreased"
    " increase/reduce increases/reduces increased/reduced raise/lower raises/lowers raised/lowered improve/worsen improves/worsens improved/worsened"
    " better/worse good/bad best/worst help/hinder helps/hinders helped/hindered helping/hindering support/undermine supports/undermines supported/undermined"
    " support/hinder supports/hinders strengthen/weaken strengthens/weakens strengthened/weakened strong/weak stronger/weaker strongest/weakest attract/repel"
    " attracts/repels attract/deter value/despise valued/despised essential/useless essential/unimportant easy/hard easier/harder easy/difficult easier/difficult"
    " success/failure succeed/fail succeeds/fails gain/loss gains/losses gain/lose lack/abundance lacks/has barrier/aid barriers/aids positive/negative"
    " positively/negatively positive/bad favourable/unfavourable optimistic/pessimistic many/few richer/poorer rich/poor growth/shrinkage trust/distrust"
    " together/apart enable/prevent enables/prevents enable/stop enables/stops lets/stops let/stop reduce/raise modern/outdated creative/dull boost/dampen"
    " boosts/dampens drive/slow drives/slows stable/unstable genuine/false often/rarely skilled/unskilled benefit/harm benefits/harms benefits/drawbacks"
    " most/fewest older/younger oldest/youngest urban/rural men/women male/female public/private poorest/richest"
    " above/below limited/many lower/increases lower/increase lower/increased higher/decreases higher/reduces higher/reduced higher/reduction lower/greater lower/larger"
    " weak/lasting weaker/better scarce/plentiful shallow/deep shallower/deeper ready/unready widely/hardly widely/rarely well/badly rising/falling growing/shrinking growing/declining"
)
"""Words and their opposites, each pair by a slash; a word may have several."""

_OPPOSITE: dict[str, set[str]] = {}
for _one, _other in re.findall(r"(\w+)/(\w+)", _PAIRS):
    _OPPOSITE.setdefault(_one, set()).add(_other)
    _OPPOSITE.setdefault(_other, set()).add(_one)

_DENIED = re.compile(r"^(?:un|dis|mis|non-?)(?=\w{4})")
_TURNED = re.compile(r"\b(?:not|no|never|less|fewer|without|hardly)(?: \w+)?(?: [\w-]+)\b")
"""What a source says of a word by denying it."""


def opposed(statement: str, quote: str) -> str:
    """Return a word of a statement whose opposite stands in the quote, and which does not stand there itself, or an empty text.

    Example:
        >>> opposed("Trust fell.", "Trust rose."), opposed("Firms distrust it.", "Firms trust it."), opposed("Trust rose.", "Trust rose and fell.")
        ('fell', 'distrust', '')
    """
    said, there = _WORD.findall(statement.lower()), set(re.findall(r"[a-z]+", _TURNED.sub(" ", quote.lower())))
    if denied := next(
        (word for word in said if word in _OPPOSITE and word not in there and _denies(quote, word) and not NEGATION.search(statement)), ""
    ):
        return denied
    return next((word for word in said if word not in there and (_OPPOSITE.get(word, set()) | {_DENIED.sub("", word)}) & there), "")


def _denies(quote: str, word: str) -> bool:
    """Return whether a quote has a word only as what it denies."""
    return any(re.search(rf"\b{word}\b", match.group()) and NEGATION.search(match.group()) for match in _TURNED.finditer(quote.lower()))


_ASIDE = (
    (
        r"stop(?:s|ped|ping)?|hinder\w*|prevent\w*|undermin\w*|block\w*|deter\w*|obstruct\w*|discourag\w*|forbid\w*|suffer\w*|harm(?:s|ed|ing)?|hurts?|damag\w*",
        r"allow\w*|enabl\w*|help\w*|lets?|support\w*|facilitat\w*|foster\w*|provid\w*|giv(?:e|es|ing)|gave|offer\w*|contribut\w*|encourag\w*|benefit\w*|promot\w*"
        r"|empower\w*|lead(?:s|ing)? to|led to",
    ),
    (
        r"less|fewer|least|lower\w*|declin\w*|fall\w*|fell|shr[aiu]nk\w*|decreas\w*|reduc\w*|slow\w*|drop\w*|narrow\w*|few|smaller|smallest|weak\w*|rarely|hardly"
        r"|seldom|badly|worse\w*|bad|dear",
        r"more|greater|greatest|higher|highest|increas\w*|grow\w*|grew|boost\w*|ris(?:e|es|ing|en)|rose|faster|better|best|especial\w*|particular\w*|strong\w*|often"
        r"|effective\w*|benefit\w*|well|substantial|larger|largest|most|gain\w*|develop\w*|good",
    ),
    (r"apart|separate\w*|alone", r"together|joint\w*|shar\w*|collaborat\w*|collective\w*|both|partner\w*|mutual\w*"),
)
"""Words of hindering, of less and of being apart, each beside those of helping, of more and of being together."""

_ASIDES = [tuple(re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for words in pair) for pair in _ASIDE]
_HELD_BACK = re.compile(r"\b(?:no|low)\b", re.IGNORECASE)
"""Words of a source that may say less by themselves."""


def against(statement: str, quote: str) -> str:
    """Return a word of a statement for hindering, less or being apart where the quote speaks only of the contrary, or an empty text.

    Example:
        >>> against("It hinders firms.", "It supports firms."), against("It hinders firms.", "It supports some and blocks others.")
        ('hinders', '')
    """
    turned = _TURNED.sub(" ", quote.lower())
    for dark, bright in _ASIDES:
        found = [match.group() for match in dark.finditer(statement) if match.group().lower() not in quote.lower()]
        if found and bright.search(turned) and not dark.search(quote) and not _HELD_BACK.search(quote):
            return found[0]
    return ""


@dataclass(slots=True)
class _Reading:
    """A text as far as it has been read: the signs found, and what turns the next one."""

    signs: list[int]
    others: set[str]
    turned: int = 1
    pending: int = 0
    since: int = _REACH

    def take(self, sense: str) -> None:
        """Read on by a word that has a sense, or none."""
        self.since += 1
        if self.since > _REACH:
            self.settle()
        if sense == "not":
            self.turned, self.since = -self.turned, 0
        elif sense in ("up", "down"):
            turned = self.turned if sense == "up" else -self.turned
            self.settle()
            self.turned = self.pending = turned
            self.since = 0
        elif sense in ("good", "bad"):
            self.signs.append(self.turned if sense == "good" else -self.turned)
            self.turned, self.pending = 1, 0
        elif sense:
            self.others.add(sense)

    def settle(self) -> None:
        """Let a word of change that turned nothing stand for itself."""
        if self.pending:
            self.signs.append(self.pending)
        self.turned, self.pending = 1, 0


def direction(text: str) -> str:
    """Return the direction that the words of a statement tell: `positive`, `negative`, `mixed` or `none`.

    Example:
        >>> direction("Firms trust it."), direction("Firms do not trust it."), direction("Fewer barriers.")
        ('positive', 'negative', 'positive')
        >>> direction("It helps some and harms others."), direction("A region is defined by its rank.")
        ('mixed', 'none')
    """
    reading = _Reading([], set())
    for word in _WORD.findall(_NAMES.sub(" ", text.lower())):
        reading.take(sense(word))
    reading.settle()
    total = sum(reading.signs)
    if "neutral" in reading.others:
        return "none"
    if "varied" in reading.others and abs(total) < 2:
        return "mixed"
    return "positive" if total > 0 else "negative" if total < 0 else "mixed" if reading.signs else "none"


@lru_cache(maxsize=20_000)
def sense(word: str) -> str:
    """Return what a word says of a result, or of the first of its hyphenated parts that says anything; empty for none."""
    parts = [word, *(word.split("-") if "-" in word else [])]
    return next((sense for part in parts for sense, words in _READ if words.fullmatch(part)), "")


def opposites(word: str) -> set[str]:
    """Return the opposites of a word, none where it has none.

    Example:
        >>> opposites("rose")
        {'fell'}
    """
    return _OPPOSITE.get(word, set())


def negates_more(statement: str, quote: str) -> bool:
    """Return whether a statement negates more often than the words it restates do, or than they withhold what it does not.

    Example:
        >>> negates_more("Firms do not share it.", "Firms share it."), negates_more("Firms do not share it.", "Firms fail to share it.")
        (True, False)
    """
    if _DENIAL.search(statement):
        return True
    withheld = max(0, len(_WITHHELD.findall(quote)) - len(_WITHHELD.findall(statement)))
    return len(NEGATION.findall(statement)) > len(NEGATION.findall(quote)) + withheld


def claims_a_cause(text: str) -> bool:
    """Return whether a text makes one thing the cause of another in its own name.

    Example:
        >>> claims_a_cause("Advice raises output."), claims_a_cause("Advice is said to have raised output."), claims_a_cause("It goes with output.")
        (True, False, False)
    """
    return bool(CAUSE.search(text)) and not HELD.search(text)
