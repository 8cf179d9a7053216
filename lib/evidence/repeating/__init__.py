"""Whether a reader may repeat a figure, finding or claim, in one plain sentence: by a rule, or in an author's words that are never milder."""

from evidence.repeating.advice import ANSWERS, LONGEST, Advice
from evidence.repeating.adviser import Adviser
from evidence.repeating.checking import check_safe_words, outdated_words
from evidence.repeating.rule import RULE, Ground
