"""Reading: what a document that the book does not know yet proposes to its library. Nothing here reaches the library by itself."""

from evidence.reading.proposals import proposals
from evidence.reading.proposed import Given, Proposed
