"""Prove quotes against the texts of the sources, and show which numbers of those texts no figure covers."""

from evidence.catalog.verify.proving import Document, Proof, Verified, find, verify
from evidence.catalog.verify.text import Text, normalise
