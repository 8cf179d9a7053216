"""The data library: what it may hold (`schema`), how it is read, seen on a day (`Library`) and proved well-formed (`validation`)."""

from evidence.catalog.library import COMPUTED, Figure, Library, double_entry, load, plain, unknown_id, where

__all__ = ["COMPUTED", "Figure", "Library", "double_entry", "load", "plain", "unknown_id", "where"]
