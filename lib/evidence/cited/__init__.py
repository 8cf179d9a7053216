"""Whether the numbers that somebody else's document took from a published book still stand: its links, followed exactly or not at all."""

from evidence.cited.links import CitingLink, links_of
from evidence.cited.published_book import PublishedBook
from evidence.cited.standing import StandingNumber, standings
