"""The impact estimates as an explicit model: what is known, what is assumed, and what follows, drawn many times.

The model knows no data library: `made_together.simulated` fills it with figures, and `page_specification` gives it to the page, so that the page's script
and this room reckon from the same numbers.
"""

from made_together.assumed import CHANCE
from made_together.impact.appraisal import Appraised, Terms, appraise, present_value, terms_specification
from made_together.impact.model import Channel, ImpactError, Known, Model, Spread
from made_together.impact.outcome import ModelOutcome, outcome
from made_together.impact.simulation import DRAWS, PAGE_DRAWS, SEED, Simulation, page_specification, simulate
