"""The names of what the impact model assumes. They stand by themselves, for the model needs packages that take long to import."""

NAMES = (
    "take-up",
    "others",
    "additionality",
    "overlap",
    "size-pattern",
    "lone-firms",
    "value-university",
    "value-apprentice",
)
"""What is assumed, in the order in which it is drawn; another order would give other draws from the same seed."""

CHANCE = "chance"
"""Name of the one input that is no assumption: which firms happened to be asked."""
