"""What is shown is what is checked: every number of every built page is carried by a record that admits it, or has a place that is declared."""

from evidence.gates.shown.audit import gate_on, look, shown

__all__ = ["gate_on", "look", "shown"]
