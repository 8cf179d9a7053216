"""What a chapter of this book can show beside the engine's own views."""

from __future__ import annotations

from evidence.chapter import Chapter
from evidence.chapter.output import Output, dated, not_published, stacked
from made_together import case_views, growth_view, hundred_view, impact_views, recommendation_views, social_views
from made_together.left_behind.views import LeftBehind


@dated
def case(chapter: Chapter, identifier: str) -> Output:
    """Show a case study: its numbers, activities, enablers, results and voices.

    Raises:
        DataError: If there is no such case.
    """
    figures = [chapter.library.figures[key] for key in case_views.case_figures(chapter.library, identifier)]
    return case_views.case_view(chapter.library, identifier, figures, chapter.verdicts, chapter.titles)


@dated
def voice(chapter: Chapter, identifier: str, words: str) -> Output:
    """Show what somebody of a case said, told by some of the words.

    Raises:
        DataError: If nobody of the case said them.
    """
    return case_views.voice_view(chapter.library, identifier, words)


def spaces(chapter: Chapter) -> Output:
    """Show the coworking and collaborative spaces that the sources name."""
    return case_views.spaces_view(chapter.library.rows("spaces"))


@dated
def trace(chapter: Chapter, identifier: str) -> Output:
    """Show a recommendation with the figures, findings and cases under it.

    Raises:
        DataError: If there is no such recommendation.
    """
    rows = chapter.library.by_id("recommendations")
    if identifier not in rows:
        raise chapter.library.absent("recommendations", identifier, rows)
    return recommendation_views.trace_view(chapter.library, rows[identifier], chapter.verdicts)


def recommendations(chapter: Chapter, source: str) -> Output:
    """Show all recommendations of a source, each traced to its evidence."""
    order = recommendation_views.weighed(chapter.library)
    rows = chapter.library.by_id("recommendations")
    known = [identifier for identifier in order if rows[identifier]["source"] == source]
    if not known and chapter.library.as_of:
        return not_published(chapter.library.as_of)
    return stacked(*(trace(chapter, identifier) for identifier in known))


def weighed(chapter: Chapter) -> Output:
    """Show every recommendation in the order of the evidence for it, with what speaks for and against it."""
    return recommendation_views.matrix_view(chapter.library, chapter.titles)


@dated
def hundred(chapter: Chapter) -> Output:
    """Show firms of each size among all, and how many of them reach out with others for skills."""
    return hundred_view.hundred_view(chapter.library)


@dated
def growth_draws(chapter: Chapter) -> Output:
    """Show how the draws of the impact model are spread, and where both printed values stand among them."""
    return growth_view.growth_view(chapter.library)


@dated
def assumptions(chapter: Chapter) -> Output:
    """Show what the impact model assumes, each range with its reason."""
    return impact_views.assumptions_view(chapter.library)


@dated
def explorer(chapter: Chapter) -> Output:
    """Show the sliders with which a reader moves the assumptions of the impact model."""
    return impact_views.explorer_view(chapter.library)


@dated
def calculator(chapter: Chapter) -> Output:
    """Show activities with the value of one, where a source states it, for a reader to multiply."""
    return social_views.calculator_view(chapter.library, chapter.verdicts, chapter.titles)


def matching(chapter: Chapter) -> Output:
    """Show the demonstrator with which a reader matches local priorities with contracts."""
    return social_views.matching_view(chapter.library)


VIEWS = {
    view.__name__: view
    for view in (case, voice, spaces, trace, recommendations, weighed, hundred, growth_draws, assumptions, explorer, calculator, matching)
}
"""Each view by the name a chapter calls it."""

PLACES = LeftBehind
"""What shows place data in a chapter."""
