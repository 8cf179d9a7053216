"""Grids: the book or one chapter for every row of a table of days, scenarios, places or cases, on this machine or on a cluster."""

from evidence.editions.grid.runner import GridOrder, run_grid
from evidence.editions.grid.specification import Defaults
from evidence.editions.grid.summary import COUNTED, Summary, SummaryLine
