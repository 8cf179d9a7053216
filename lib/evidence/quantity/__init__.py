"""Stated numbers: what a number in a sentence means, exactly.

`parse` reads one, `Quantity` carries its point, interval and unit through arithmetic, `format_` writes a value in the style of a text, and
`find_numbers` finds the numbers that a passage states. `read_formula` and `read_condition` read arithmetic and comparisons over them.
"""

from evidence.quantity.formula import Line, read_condition, read_formula
from evidence.quantity.grim import possible_totals, share_possible
from evidence.quantity.heads import under_head, unit_of_head
from evidence.quantity.interval import Interval
from evidence.quantity.meaning import narrow
from evidence.quantity.reading import parse
from evidence.quantity.reckoning import surely_above
from evidence.quantity.restate import format_, readable, with_unit
from evidence.quantity.scan import Found, each_number, find_numbers
from evidence.quantity.stated import Quantity, to_fraction
from evidence.quantity.units import BASES, split_unit, stands_for
