"""What follows from known numbers and assumed ones: the arithmetic of the model, for one case or for many draws at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from made_together.impact.model import Channel, Known, Numbers


@dataclass(frozen=True, slots=True)
class ModelOutcome:
    """What stronger coordination would add; each a number a draw.

    Attributes:
        growth: Added to the economy by both channels, pounds.
        apprentices: Management apprentices who would not have been hired anyway.
        revenue: Added to the revenue of firms by apprentices, pounds.
        steps: Steps taken by firms, whether or not they would have been taken anyway.
    """

    growth: Numbers
    apprentices: Numbers
    revenue: Numbers
    steps: Numbers


def outcome(known: Known, assumed: Mapping[str, Numbers], chance: Numbers) -> ModelOutcome:
    """Return what follows from known numbers and assumed shares.

    Args:
        known: What is stated.
        assumed: Assumed shares by name, each a number or a number a draw.
        chance: Errors of the survey in standard deviations, four rows: of the two shares of each channel, the university first.
    """
    firms = firms_counted(known, assumed)
    partners = firms * share_acting(known.university, known.respondents, assumed, chance[:2])
    hiring = firms * share_acting(known.apprentice, known.respondents, assumed, chance[2:])
    university = partners * known.university.gain * assumed["value-university"]
    apprentice = hiring * known.apprentice.gain * assumed["value-apprentice"]
    both = university + apprentice - assumed["overlap"] * np.minimum(university, apprentice)
    apprentices = assumed["additionality"] * hiring
    return ModelOutcome(
        assumed["additionality"] * both, apprentices, apprentices * known.revenue * assumed["value-apprentice"], partners + hiring
    )


def firms_counted(known: Known, assumed: Mapping[str, Numbers]) -> Numbers:
    """Return how many firms the shares of the survey stand for.

    Were answers alike in every size of firm, each firm counts as one. As far as they follow the size pattern, a firm counts for more or less.
    Of the firms that employ nobody only a part counts.
    """
    pattern = assumed["size-pattern"]
    employers = known.employers * (1 + pattern * (known.employers_pattern - 1))
    alone = known.alone * (1 + pattern * (known.alone_pattern - 1))
    return np.asarray(employers + assumed["lone-firms"] * alone)


def share_acting(channel: Channel, respondents: float, assumed: Mapping[str, Numbers], chance: Numbers) -> Numbers:
    """Return the share of firms that act: of those much more likely, and of the others more likely, the parts that are assumed.

    Args:
        channel: The step they were asked about.
        respondents: Firms asked, in effect.
        assumed: Assumed shares by name.
        chance: Errors in standard deviations: of the share more likely, and of those much more likely among them.
    """
    more = observed(channel.more, respondents, chance[0])
    surest = observed(channel.much / channel.more, respondents * channel.more, chance[1])
    return np.asarray(more * assumed["take-up"] * (surest + (1 - surest) * assumed["others"]))


def observed(share: float, respondents: float, chance: Numbers) -> Numbers:
    """Return what a share in all firms may be when a sample shows this one.

    The normal approximation to the binomial distribution: with a sixth of two hundred firms on the rarer side it is good to a fraction of a
    percentage point, and the script of the page can follow it exactly.

    Args:
        share: Share in the sample.
        respondents: Firms asked, in effect.
        chance: Errors in standard deviations.
    """
    shares: Numbers = np.clip(share + chance * np.sqrt(share * (1 - share) / respondents), 0, 1)
    return shares
