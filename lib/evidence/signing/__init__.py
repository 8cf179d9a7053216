"""Countersignatures: somebody who did not write a sentence has held it against what it rests on, and found it right or wrong.

A signature is bound by hashes to the words, to what they link to, and to the fields of those records that bear meaning, quotes included. Whether it
is void is computed and never stored: it holds for as long as what was signed is there, wherever in the book it stands.
"""

from evidence.signing.carrying import carry
from evidence.signing.items import Item, chapter_items, items, library_items
from evidence.signing.signatures import Share, Signatures, share_of, wrong
