"""Receipts: the proof that each record was held against where it comes from, which a check reads with none of the documents at hand.

A receipt holds hashes of the document, of the quote with the words around it, and of every cell of the record that bears meaning. So a record
that somebody changes, drops or adds without its document is told, cell by cell; what the change says nobody can prove again but who has it.
"""

from evidence.receipts.carrying import carry
from evidence.receipts.fields import FILE, OURS, PAGE, TEXT, TYPED
from evidence.receipts.holding import WAYS, Held, covered, held, problems, shares, told
