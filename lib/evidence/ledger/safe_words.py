"""Whether a reader may repeat a figure, in words: what its record says of it, taken together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

YES, WITH_CARE, NO = ANSWERS = ("yes", "with care", "no")
"""May it be repeated?"""


def advice(figure: Mapping[str, Any], corrections: Iterable[Mapping[str, Any]]) -> tuple[str, str]:
    """Return whether a figure may be repeated, one of `ANSWERS`, and how, or why not.

    Args:
        figure: The record of the ledger.
        corrections: All corrections of the ledger.
    """
    if "safe" in figure:
        return figure["safe"], figure["safe_words"]
    named = [row for row in corrections if row["id"] in figure["corrections"]]
    if any(row["grade"] == "contradiction" for row in named) or figure["verdict"] == "differs":
        return NO, "the audit has found an error in it."
    if figure["verdict"] == "assumed":
        return NO, "nobody has measured it."
    if named or figure["verdict"] == "disputed":
        return WITH_CARE, "the audit has an objection to it; say so."
    if figure["doubt"]:
        return WITH_CARE, "its sum checks, but a computation of this book speaks against it."
    if figure["verdict"] == "ours":
        return WITH_CARE, "no source prints it; say that this book computed it, and how."
    if figure["freshness"] == "overdue":
        return WITH_CARE, f"a newer release is due; say that it is of {figure['period'] or figure['as_of']}."
    return YES, "say whom it is about, where and when."
