"""What a chapter shows on a day before its evidence was published: a line that says so, in the place of a failure."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from evidence.chapter.output import Output
from evidence.errors import UnpublishedError
from evidence.markup import html


def dated(view: Callable[..., Output]) -> Callable[..., Output]:
    """Return a view of a chapter that says so where what it shows was not published by the day of the edition."""

    @wraps(view)
    def shown(chapter: Any, *arguments: Any, **options: Any) -> Output:
        try:
            return view(chapter, *arguments, **options)
        except UnpublishedError:
            return not_published(chapter.library.as_of)

    return shown


def not_published(day: str) -> Output:
    """Return the line that stands where evidence is missing on a day."""
    line = f"What stands here in later editions rests on evidence that was not published by {day}."
    return Output(html('<p class="unpublished" role="note">{}</p>', line), line)
