"""The picture of the landing page: firms of each size among all, and how many of them reach out with others for skills."""

from __future__ import annotations

from fractions import Fraction

from evidence.catalog import Library
from evidence.chapter.output import Output, figure_link
from evidence.markup import Html, html, joined

SIZES = (("none", "sole-trader"), ("micro", "micro"), ("small", "small"), ("medium", "medium"))
"""Each size of firm, as the official count of businesses and as the survey of outreach call it."""

ALL = 100
"""Squares of the picture, each the same number of firms."""

ACROSS, SIDE, STEP = 25, 10, 12
"""Squares in a line, the side of one, and how far the next one begins, in the units of the drawing."""

TOLD = (
    "Each square is the same number of firms, the filled part those that partner with others on local skills outreach. "
    "Firms are counted by official statistics; their answers are those of the survey of March 2026. "
    "Businesses without employees stand for sole traders."
)


def hundred_view(library: Library) -> Output:
    """Return firms of each size as squares, filled as far as they reach out with others, each size with its share.

    Raises:
        DataError: If the library lacks a count or a share.
    """
    counts = [library.figure(f"official.businesses.{size}").quantity.anchor for size, _ in SIZES]
    shares = [library.figure(f"sme.outreach.{size}") for _, size in SIZES]
    squares = [round(ALL * count / sum(counts)) for count in counts]
    rows = [
        html(
            '<li><span class="hundred-who">{}</span><span class="hundred-share">{}</span>{}</li>',
            *(share.category, figure_link(share.id, share.stated), _drawn(number, share.quantity.anchor / 100)),
        )
        for number, share in zip(squares, shares, strict=True)
    ]
    lines = [f"{share.category} | {share.stated} | {number} squares" for number, share in zip(squares, shares, strict=True)]
    shown = html('<figure class="hundred"><ul>{}</ul><figcaption>{}</figcaption></figure>', joined(rows), TOLD)
    return Output(shown, "\n".join([*lines, TOLD]))


def _drawn(number: int, share: Fraction) -> Html:
    """Return so many squares as a drawing, filled from the first on as far as the share reaches; the last may be filled in part."""
    filled = number * share
    squares = joined(
        html('<rect x="{0}" y="{1}" width="{2}" height="{2}"/>', (place % ACROSS) * STEP, (place // ACROSS) * STEP, SIDE)
        + (
            html(
                '<rect class="on" x="{}" y="{}" width="{:.2f}" height="{}"/>',
                (place % ACROSS) * STEP,
                (place // ACROSS) * STEP,
                width,
                SIDE,
            )
            if width
            else ""
        )
        for place in range(number)
        for width in [float(SIDE * min(Fraction(1), max(Fraction(0), filled - place)))]
    )
    height = STEP * -(-number // ACROSS) - (STEP - SIDE)
    view = f"0 0 {ACROSS * STEP - (STEP - SIDE)} {height}"
    return html('<svg viewBox="{}" aria-hidden="true">{}</svg>', view, squares)
