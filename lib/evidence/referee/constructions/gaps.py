"""Points between two shares."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from evidence.referee.comparing import Compared
from evidence.referee.mentions import Sentence
from evidence.referee.relations.linking import Linker

RULES: tuple[Callable[[Sentence, Linker], Iterator[Compared]], ...] = ()
