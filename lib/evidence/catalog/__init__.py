"""The data library: what it may hold (`schema`), how it is read, seen on a day (`Library`) and proved well-formed (`validation`)."""

from evidence.catalog.figures import COMPUTED, Figure, decimal, double_entry, plain, where
from evidence.catalog.library import Library, load, unknown_id
