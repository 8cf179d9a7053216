"""Writing: every file an author keeps is written by one transaction, whole or not at all, and never over what somebody else has saved.

    with Transaction(book) as work:
        work.see(book / "data", book / "chapters")
        work.write(book / "data" / "claims.csv", text)
        work.remove(book / "chapters" / "old.ipynb")

Nothing is touched until the block ends well. What was seen and has changed by then, what was never seen and is there, a disk that fails and
a kill leave every file as it was.
"""

from evidence.writing.folders import MARK, claimed, claimed_file, listed, mark, names, open_to_read, replace_file, replacing, swap, unedited
from evidence.writing.lock import WAIT, locked
from evidence.writing.temporary import alive, discard, sweep, temporary, temporary_folder
from evidence.writing.transaction import Seen, Transaction, finish
