"""Scaffolds: new rows and chapters that pass every gate before they are written, and numbers in prose bound to the figures that fit."""

from evidence.scaffold.answers import Asked, answer_problem, computed_cells, proposed, required_columns
from evidence.scaffold.binding import Bound, bind, suggestions
from evidence.scaffold.chapters import ChapterText, RecordPage, chapter_cells, page_cells, record_cells, slug
from evidence.scaffold.contents import listed_after
from evidence.scaffold.new_book import BookText, First, make_book, read_into, require_room
from evidence.scaffold.proposal import Proposal, propose
