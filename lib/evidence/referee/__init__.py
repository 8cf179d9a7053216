"""What a hostile referee does first, for any report: hold its numbers against each other.

`read_document` reads a report, `audit` holds its numbers against each other; `evidence audit` prints what came of it.
"""

from evidence.referee.auditing import Audit, audit
from evidence.referee.comparing import Compared, Confidence
from evidence.referee.document import Report, document_of, read_document
