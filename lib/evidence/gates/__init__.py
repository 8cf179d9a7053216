"""The gates: fast checks of data, audit, statements, charts and the form of the chapters, each with its own count."""

from evidence.gates.form import parameters
from evidence.gates.running import Gate, check_book, read_book, recorded_problem, run_gates

__all__ = ["Gate", "check_book", "parameters", "read_book", "recorded_problem", "run_gates"]
