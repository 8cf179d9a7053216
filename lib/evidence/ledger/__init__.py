"""The ledger: all figures, claims, findings, statements and verdicts of an edition, machine readable."""

from evidence.ledger.content import build, check_chapters, judge_claims, totals
from evidence.ledger.edition import digest, edition_name, json_schema, text, write
from evidence.ledger.flat_tables import csv_tables
from evidence.ledger.records import Ledger
