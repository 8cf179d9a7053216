"""Give records and chapters of the book another name, retire, remove or move them, with everything that names them, in one step.

Each is made on a copy of the book, tried there by every gate, and written only then; old addresses lead on.
"""

from evidence.refactor.draft import Change, Draft, changed_book
from evidence.refactor.ending import remove_chapter, retire
from evidence.refactor.moving import move_figure, move_section, move_view
from evidence.refactor.renaming import rename
