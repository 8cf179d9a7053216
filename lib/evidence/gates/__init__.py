"""The gates: fast checks of data, audit, claims, statements, charts and the form of the chapters, each with its own count."""

from evidence.gates.data import Gate
from evidence.gates.desk import Desk
from evidence.gates.form import parameters
from evidence.gates.running import check_book, read_book, recorded_problem, run_gates
