"""What notebooks call: `Chapter` and the outputs it shows."""

from evidence.chapter.book import Chapter
from evidence.chapter.output import Output
