"""Words by which a number of points goes back to the shares it lies between: nouns and verbs of change and distance, and what points back to them."""

from __future__ import annotations

import re

from evidence.quantity.words import word_set
from evidence.referee.mentions import FALL, RISE, stem

GAP_NOUN = (
    r"(?:gaps?|differen(?:ce|tial)s?|distance|margin|lead|advantage|edge|disadvantage|deficit|shortfall|surplus|excess|spread|range|premium|penalty|divide"
    r"|discrepancy|disparity|contrast|gulf|deviation|lag|error|miss|overshoot|undershoot|headroom|majority)"
)
MOVE_NOUN = (
    r"(?:falls?|drops?|declines?|decreases?|reductions?|cuts?|loss|slides?|slump|dip|rises?|growth|increases?|gains?|improvements?|jump|climb|uplift|advance"
    r"|surge|leap|changes?|shift|swing|move|movement|turnaround|revision|recovery|deterioration|worsening|setback|erosion|progress|collapse|plunge|tumble|slippage)"
)
SIZE_NOUN = rf"(?:{GAP_NOUN}|{MOVE_NOUN})"
SIZE_VERB = (
    rf"(?:{RISE}|{FALL}|changed?|moved|advanced|added|adding|add|lose|losing|shedding|put on|putting on|crept|edged|closed|closing|receded|retreated|worsened"
    r"|deteriorated|slackened|eased|nudged|ticked|came down|come down|coming down|sunk|risen|swung|exceeds?|exceeded|trails?|trailed|leads|led|lags?|lagged|beats?|beaten"
    r"|miss(?:es|ed)?|undershot|overshot|outstrips?|outstripped|overtaken|out|worth|costs?|behind|ahead)"
)
LITTLE = r"(?:just |only |about |some |nearly |almost |around |over |exactly |fully |a mere |a full |no less than |roughly |more than |less than |a |by |of |another )*"
SO = (
    r"(?:therefore|thus|hence|consequently|accordingly|as a result|in other words|in effect|it follows|that means|this means|which means|meaning"
    r"|(?:by|on|against) (?:these|those|this|that)(?: (?:figures|numbers|yardsticks?|measures?|standards?|reckoning|basis|evidence|count|score))"
    r"|between (?:the two|them)|(?:^|[,;:\u2014\u2013] ?)so(?= (?:the|its|it|they|that|this|their|an?)\b))"
)
AMOUNTS = (
    r"(?:is|was|are|were|makes?|made|making|means?|meant|leaves?|left|leaving|represents?|represented|represent(?:ing)|amounts? to|amounted to|gives?|gave|giving|marks?|marked"
    r"|puts?|equals?|implies|implied|brings?|comes to|came to|works out (?:at|as)|corresponds to|constitutes?|translates (?:in)?to|adds up to|yields?|shows?|is equivalent to)"
)
POINTER = r"(?:[a-z]+['\u2019]s|the|this|that|these|those|such an?|its|their|his|her|our)"
FILL = r"(?: [a-z'\u2019-]+)"
DEICTIC = re.compile(rf"\b{POINTER}(?P<kind>{FILL}{{0,5}}?) {SIZE_NOUN}\b(?P<rest>[^;:]*)$")
POINTED = re.compile(rf"\b{POINTER}(?P<kind>{FILL}{{0,2}}) $")
NAMED = re.compile(rf"^(?:[- ]points?)?(?: percentage points?)?(?P<kind>{FILL}{{0,2}}?)[ -]{SIZE_NOUN}\b")
THAT_IS = re.compile(
    rf"(?:^|[.;:,(\u2013\u2014] ?)(?:and |but |or )?(?:that|this|it|which|they|both)(?: [a-z]+)?? {AMOUNTS}\b(?P<rest>[^;:,]*)$"
)
APPOSED = re.compile(
    rf"[,;:(\u2013\u2014] ?(?:leaving|making|giving|meaning|or|showing|representing)?,? ?(?:an?|some)(?P<rest>{FILL}{{0,3}}?) {SIZE_NOUN} (?:of|by) {LITTLE}$"
)
MORE = re.compile(
    r"^(?:[- ]points?)? ?(?:higher|lower|more|less|fewer|better|worse|greater|smaller|larger|further|faster|above|below|ahead|behind|short|over|under|up|down|off|adrift|clear|beyond|beneath|shy|away|too (?:few|many|low|high|little|much))\b(?P<rest>[^;:,]{0,60})"
)
NAMED_NEXT = re.compile(rf"^(?:[- ]points?)?, {POINTER}(?P<kind>{FILL}{{0,2}}?) {SIZE_NOUN}\b")
OF_WHOM = re.compile(
    r"^(?:[- ]points?)?(?: [a-z]+ly)? (?:in|among(?:st)?|for|of|than|on|against|compared with|from|to|at|above|below|between) (?P<rest>[^;:,.()\ue000-\uf8ff]{0,60})"
)
WIDENS = re.compile(
    rf"\b{GAP_NOUN}\b[^;]{{0,60}}?\b(?:widen(?:ed|s|ing)?|narrow(?:ed|s|ing)?|clos(?:ed|es|ing)|grew|grown|grow|shrank|shrunk|increased|decreased|fell|fallen|reduced|opened|stretched|contracted|lengthened|shortened|halved|come down|came down|went up|gone up|went down|rose|risen|cut|up|down|dropped|declined|changed?|moved)(?: up| out| down)? (?:again |further |slightly |sharply )?(?:by )?{LITTLE}$"
)
OUTDOES = re.compile(
    rf"\b{MOVE_NOUN}\b[^;]{{0,80}}?\b(?:exceeds?|exceeded|outstrips?|outstripped|outpaced|outdid|surpasse[sd]|beats?|trails?|trailed|(?:is|was) (?:\w+ )?(?:greater|larger|smaller|steeper|faster|slower))\b[^;]{{0,60}}? (?:by )?{LITTLE}$"
)
FURTHER = re.compile(
    r"^(?:[- ]points?)? ?(?:more|further|faster|less|fewer|better|worse|above|below|behind|ahead)\b(?: (?:steeply|sharply|quickly|slowly|progress))? ?(?:than|of|\.|,|$)"
)
AT_A_TARGET = re.compile(
    r"# off\b|\b(?:miss(?:ed|es)?|short|shortfall|out|target|planned|(?:the|its|their|our|this|that|under) plans?|forecast\w*|goal|under(?:shot|shoot|shoots)|over(?:shot|shoot|shoots)|beat(?:en)?|exceed(?:s|ed)?|surpass(?:ed|es)?|wide of|off target|adrift|request|ambition|promise[sd]?|pledge|required|requirement|standard|wanted|asked|expected|predicted|hoped|met|error)\b"
)
NOTHING_NEW = frozenset(
    stem(word)
    for word in word_set(
        "year month quarter decade week day period time interval point percentage sharp slight small large big overall net upward downward full whole remaining annual yearly recorded "
        "measured observed apparent real actual raw absolute result survey paper table census data analysis evidence therefore thus hence consequently accordingly relative former latter "
        "later earlier previous early late further modest steep marked striking considerable substantial clear wide narrow huge own combined joint initial original final current present recent "
        "once already even almost nearly barely hardly fully exactly precisely simply merely entire one-off single double twofold steady rapid slow quick good bad better worse high low "
        "higher lower greater smaller wider narrower larger bigger less fewer above below ahead behind short over under adrift clear beyond level group side way direction score value size "
        "neighbour rival counterpart peer competitor predecessor comparator sex unusual notable worth column row line span course start end beginning stage wave round count reading measure gone went come came "
        "seen see stand leave bring mean equal amount give put work imply mark represent constitute translate correspond yield account explain remain turn become became"
    )
) | frozenset(stem(word) for word in re.findall(r"[a-z]+", f"{SIZE_NOUN} {SIZE_VERB}"))
NOW = re.compile(r" than (?:now|today|at present|currently|before)\b")
ALIKE = frozenset(stem(word) for word in ("figure", "share", "rate", "level", "proportion", "group"))
OF_TWO = re.compile(r"\b(?:the two|both|two)\b")
BY_NOW = re.compile(
    r"\b(?:has|have|had)(?: [a-z]+)? (?:grown|widened|narrowed|shrunk|risen|fallen|closed|opened|increased|come down|gone up|gone down|become)(?: up| out)? (?:to |an? [a-z ]*of )?$|\b(?:is|are|stands?)(?: [a-z]+)? (?:now|today|currently) $"
)
OF_EACH = re.compile(rf"\b(?:both|each|all|every|either)\b(?:(?!\b{GAP_NOUN}\b)[^;,])*\b{SIZE_VERB}(?: by)? {LITTLE}$")
"""A move that each of several made, from a level that need not be told."""
HOPED_FOR = re.compile(
    r"\b(?:promised?|planned|pledged?|hoped?|set (?:itself|themselves|a)|target|aim(?:ed|s)?|wants?|wanted|asked|asks|forecast|expect(?:ed|s)?|predict(?:ed|s)?|agreed|sought|seeks?|would|should|could"
    r"|need(?:ed|s)?|required?|calls? for|called for|further|goal of|ambition of|next|by 20\d\d)\b"
)
MISSED_BY = re.compile(
    r"\b(?:out|wrong|miss(?:ed|es)?|short|shortfall|adrift|beat(?:en)?|exceed(?:s|ed)?|off|undershot|overshot|below|above|behind|ahead|gap|distance|difference|lie|lies|fell|falls)\b"
)
"""What is only meant to be, and by how much it was not."""
FOR_EVERY = re.compile(r"\b(?:for (?:every|each)|associated with|additional|a year|per year|annually|each year|every year)\b")
"""What makes a number of points an effect or a rate, and no distance between two levels."""
SAMPLED = re.compile(
    r"\b(?:margins? of (?:sampling )?error|sampling error|confidence|standard errors?|either way|either side|a (?:share|proportion|percentage|result) (?:of|near|around|close to))\b"
)
"""What makes a number of points the margin of a sample."""
IT_IS = re.compile(r"(?:(?:and|but|now|today|since then|by then),? )?(?:it|they|this|that|these|those)\b")
"""Where a sentence goes on about what the one before it tells."""
