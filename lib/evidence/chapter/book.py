"""`Chapter`: what a notebook calls. Everything it shows comes from the data library."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, partial
from pathlib import Path

from evidence import claims, ledger, paths
from evidence.audit import Verdict, Verdicts
from evidence.catalog import Library, load, schema
from evidence.chapter import edition_views, grading_views, reference_views, views
from evidence.chapter.guard import guard, in_notebook
from evidence.chapter.ledger_view import ledger_view
from evidence.chapter.output import Output, dated, linked, not_published, stacked
from evidence.chapter.place_views import Places
from evidence.charts import bundle, chart_data
from evidence.errors import DataError
from evidence.extension import contributed, package_folder
from evidence.markup import Html
from evidence.statements import Statement, read_page, statements_of


class Chapter:
    """A chapter of the book on one snapshot of the data library.

    In a notebook that runs it stands guard: nothing but the data library is read from there on.

    Args:
        name: File name of the chapter without its ending.
        data_dir: Data library to read; empty for the repository's own.
        as_of: ISO date to see it on; empty for all there is.
        guarded: Whether to stand guard; in a notebook that runs only when None.

    Raises:
        DataError: If the library cannot be read, or there is no such chapter.
    """

    def __init__(self, name: str, data_dir: str = "", as_of: str = "", *, guarded: bool | None = None) -> None:
        paths.settle(*([Path(data_dir).resolve()] if data_dir else []))
        self.name = name
        here = Path.cwd() / f"{name}.ipynb"  # a chapter runs in its own folder, which need not be the committed one
        self.path: Path = here if here.exists() else paths.chapters_dir() / f"{name}.ipynb"
        self.library: Library = load(data_dir, as_of)
        if not self.path.exists():
            raise DataError(
                f'chapters/{name}.ipynb: not found. Name the chapter as its file, for example Chapter("coordination", data_dir, as_of).'
            )
        if in_notebook() if guarded is None else guarded:
            guard(
                [paths.data_dir(data_dir), self.path, *package_folder()], [paths.data_dir(data_dir), paths.data_dir(), paths.chapters_dir()]
            )

    @cached_property
    def verdicts(self) -> Mapping[str, Verdict]:
        """The verdict of every figure, by id."""
        return Verdicts(self.library)

    @cached_property
    def titles(self) -> dict[str, str]:
        """The short name of every source, by key."""
        return {row["id"]: row["short"] for row in self.library.rows("sources")}

    @dated
    def chart(self, identifier: str) -> Output:
        """Show a chart that `charts.csv` declares, with its source and data.

        Raises:
            DataError: If it is not declared or its figures do not fit together.
        """
        data = chart_data(self.library, identifier)
        if data.rows.empty:
            return not_published(self.library.as_of)
        made = bundle(data, self.library, linked(data.row["title"]))
        html, text = Html(str(made.pop("text/html"))), str(made.pop("text/plain"))
        return Output(html, text, made)

    @dated
    def table(self, prefix: str, caption: str = "") -> Output:
        """Show the figures of a series, or those whose ids begin with a prefix, or all that are from a source.

        Raises:
            DataError: If there is none.
        """
        below = (figure for key, figure in self.library.figures.items() if key == prefix or key.startswith(f"{prefix}."))
        figures = self.library.series.get(prefix) or list(below)
        figures = figures or [figure for figure in self.library.figures.values() if figure.source == prefix]
        if not figures:
            raise self.library.absent("figures", prefix, self.library.series)
        return views.figures_table(figures, self.verdicts, self.titles, caption)

    def numbers(self, about: dict[str, str]) -> Output:
        """Show a few figures large, each with a line of prose about it and its verdict.

        Args:
            about: A line without numbers by figure id.

        Raises:
            DataError: If an id is unknown.
        """
        there = [identifier for identifier in about if not self.library.as_of or identifier in self.library.figures]
        shown = views.headline_numbers([(self.library.figure(identifier), about[identifier]) for identifier in there], self.verdicts)
        return shown if len(there) == len(about) else stacked(shown, not_published(self.library.as_of))

    @dated
    def claim(self, identifier: str) -> Output:
        """Show whether a claim holds, the numbers that decide it, and what would change our mind.

        Raises:
            DataError: If there is no such claim.
        """
        entry = claims.find(identifier, self.library)
        if entry is None:
            raise DataError(f'unknown claim "{identifier}"; there are {", ".join(claims.known(self.library))}.')
        return views.claim_box(claims.judge(entry, self.library))

    def findings(self, *prefixes: str, caption: str = "") -> Output:
        """Show the findings whose ids begin with one of the prefixes.

        Raises:
            DataError: If there is none.
        """
        rows = [row for row in self.library.rows("findings") if row["id"].startswith(tuple(prefixes))]
        if not rows and self.library.as_of:
            return not_published(self.library.as_of)
        if not rows:
            raise DataError(f"no finding begins with {' or '.join(prefixes)}.")
        return views.findings_view(rows, self.titles, caption)

    def strength(self) -> Output:
        """Show how strong the evidence of this page is: by the rule, from the findings and figures its prose uses."""
        return grading_views.page_strength_view(self._stated(), self.library, self.verdicts)

    def strength_rule(self) -> Output:
        """Show the rule by which findings and pages are called strong or weak."""
        return grading_views.rule_view()

    def places(self, place: str = "") -> Places:
        """Return the views of place data: of all areas, or of one given by its code, with its set (`itl3-2021/TLC12`) where several have it.

        Raises:
            PlacesError: If the library holds place data, but not this place.
        """
        views_of_places: type[Places] = contributed("views", "PLACES", Places)
        return views_of_places(self.library, place)

    def statements(self) -> Output:
        """Show every statement of this chapter's committed prose, tried on this library."""
        return views.statements_view(self._stated(), self.verdicts, self.library)

    def __getattr__(self, name: str) -> Callable[..., Output]:
        """Return a view that only this book has, as its package names it."""
        views_of_book = contributed("views", "VIEWS", {})
        if name not in views_of_book:
            raise AttributeError(f"a chapter shows no {name}")
        return partial(views_of_book[name], self)

    def _stated(self) -> list[Statement]:
        return statements_of(read_page(self.path), self.library)

    def ledger(self) -> Output:
        """Show the sources with what the ledger holds of each; as text, every record of every figure and finding."""
        return ledger_view(self.library, self.verdicts)

    def claims(self) -> Output:
        """Show every claim with its state and threshold."""
        return reference_views.claims_view(claims.known(self.library), ledger.judge_claims(self.library))

    def totals(self) -> Output:
        """Show how many figures of each source bear each verdict."""
        return reference_views.totals_view(self.verdicts, self.titles)

    def meanings(self) -> Output:
        """Show what each verdict means."""
        return reference_views.meanings_view()

    def safe_rule(self) -> Output:
        """Show the rule by which a reader is told whether something may be repeated."""
        return reference_views.safe_rule_view()

    def corrections(self) -> Output:
        """Show every declared disagreement, worst first."""
        return reference_views.corrections_view(self.library, self.verdicts)

    def alarms(self) -> Output:
        """Show what generic checks alarm at in the quotes of each source, and which correction judges it."""
        from evidence.chapter import alarm_views  # only here, for its checks take long to import, and a gate makes none of them

        return alarm_views.alarms_view(self.library, self.titles)

    def glossary(self) -> Output:
        """Show the words of the book with what they mean."""
        return reference_views.glossary_view(self.library)

    def reports(self) -> Output:
        """Show every error that was reported, with its state and our reply."""
        return reference_views.reports_view(self.library)

    def sources(self) -> Output:
        """Show the sources with their licences."""
        return reference_views.sources_view(self.library)

    def recomputations(self) -> Output:
        """Show every recomputation in words."""
        return reference_views.recomputations_view(self.library, self.verdicts)

    def tables(self) -> Output:
        """Show the columns of every table of the data library."""
        return stacked(*(reference_views.tables_view(entry.name) for entry in schema.tables()))

    def latest(self) -> Output:
        """Show what changed last, and the newest releases this edition holds."""
        return edition_views.latest_view(self.library)

    def history(self) -> Output:
        """Show every change of a figure that was accepted, newest first."""
        return edition_views.history_view(self.library)

    def status(self) -> Output:
        """Show how fresh each source is on the day of this edition, the longest overdue first."""
        return edition_views.status_view(self.library)

    def checks(self) -> Output:
        """Show how many figures sources state, how many of them could be checked, and how many are our own."""
        return edition_views.checks_view(self.library, self.verdicts)
