"""Views of the pages about the evidence itself: audit, claims, data library, and the reference of its tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from evidence import claims, recompute
from evidence.audit import MEANING, SHOWN, SHOWN_AS, Verdict, findings
from evidence.catalog import Library, schema
from evidence.chapter.output import Output, figure_link, finding_link, linked, stacked, table, verdict_mark
from evidence.charts import strip_links
from evidence.markup import Html, html, joined
from evidence.repeating import RULE, Ground
from evidence.settings import hyphened

GRADES = ("contradiction", "tension", "one reading only")


def claims_view(known: Mapping[str, claims.Claim], judged: Mapping[str, claims.Judged | None]) -> Output:
    """Return every claim with its state and threshold, at its permalink."""
    entries, lines = [], []
    for identifier, outcome in judged.items():
        word = "not yet known" if outcome is None else "holds" if outcome.holds else "broken"
        threshold = known[identifier].threshold
        inputs = joined((figure_link(figure.id, figure.shown) for figure in outcome.inputs), ", ") if outcome else ""
        entry = '<dt id="claim-{}"><code>{}</code> {}</dt><dd><p>{}</p><p>{}</p></dd>'
        entries.append(html(entry, identifier, identifier, word, threshold, inputs))
        lines.append(f"{identifier} | {word} | {threshold}")
    return Output(html('<dl class="ledger">{}</dl>', joined(entries)), "\n".join(lines))


def totals_view(verdict_of: Mapping[str, Verdict], titles: dict[str, str]) -> Output:
    """Return how many figures of each source bear each verdict."""
    counts = Counter((verdict.figure.source, verdict.shown) for verdict in verdict_of.values())
    words = SHOWN[::-1]
    sources = [key for key in titles if any(counts[key, word] for word in words)]
    numbers = [[titles[key], *(str(counts[key, word]) for word in words), str(sum(counts[key, word] for word in words))] for key in sources]
    numbers.append(["All sources", *(str(sum(counts[key, word] for key in sources)) for word in words), str(len(verdict_of))])
    return table(["Source", *words, "all"], numbers, caption="Figures of each source by verdict", folded=True)


def meanings_view() -> Output:
    """Return what each verdict means, those that a reader is shown under one word together."""
    told: dict[str, list[str]] = {}
    for word in MEANING:
        told.setdefault(SHOWN_AS[word], []).append(word)
    texts = [[shown, " Or: ".join(MEANING[word] for word in words)] for shown, words in told.items()]
    return table(["Verdict", "What it tells"], texts, [[verdict_mark(told[shown][0]), text] for shown, text in texts])


def safe_rule_view() -> Output:
    """Return the grounds for repeating something or not, in the order in which they are tried, a table for each kind of record."""
    return stacked(*(_grounds(kind, grounds) for kind, grounds in RULE))


def _grounds(kind: str, grounds: Sequence[Ground]) -> Output:
    texts = [[ground.when.replace("*", ""), ground.answer] for ground in grounds]
    cells = [[when, html('<span class="safe-answer safe-{}">{}</span>', answer.replace(" ", "-"), answer)] for when, answer in texts]
    return table(["The first that fits decides", "Answer"], texts, cells, caption=f"May a {kind} be repeated?", folded=kind != "figure")


def corrections_view(library: Library, verdict_of: Mapping[str, Verdict]) -> Output:
    """Return every declared disagreement, worst first: what is printed, what follows, by how much, and what it means."""
    rows = sorted(library.rows("corrections"), key=lambda row: GRADES.index(row["grade"]))
    found = findings(library)
    stated = library.by_id("findings")
    return stacked(*(_correction(row, verdict_of, found, stated) for row in rows))


def _correction(row: dict[str, Any], verdict_of: Mapping[str, Verdict], found: dict[str, str], stated: dict[str, Any]) -> Output:
    known = [identifier for identifier in row["figures"].split() if identifier in verdict_of]
    numbers = [
        html("{} ({}{})", figure_link(one, verdict_of[one].figure.shown), verdict_of[one].shown, _doubt(verdict_of[one])) for one in known
    ]
    words = [finding_link(key, stated[key]["statement"]) for key in row["findings"].split() if key in stated]
    about = joined([joined(numbers, ", "), *words] if numbers else words, "; ")
    arithmetic = found.get(row["guard"]) or " ".join(verdict_of[known[0]].reasons if known else ())
    parts = [
        ("What is printed", row["what"]),
        ("By how much", row["size"]),
        ("Reading", row["reading"]),
        ("What it means", row["consequence"]),
    ]
    told = joined(html("<dt>{}</dt><dd>{}</dd>", name, linked(text)) for name, text in parts)
    reply = html("<dt>The producer's reply</dt><dd>{}</dd>", row["reply"]) if row["reply"] else ""
    section = html(
        '<details class="correction"><summary><h3>{} <span class="grade">{}</span></h3></summary><div id="correction-{}">'
        "<p>{}</p><dl>{}<dt>The arithmetic</dt><dd>{}</dd>{}</dl></div></details>",
        *(row["title"], row["grade"], row["id"], about, told, arithmetic, reply),
    )
    text = "\n".join(
        [f"{row['title']} ({row['grade']})", *(f"{name}: {strip_links(body)}" for name, body in parts), f"The arithmetic: {arithmetic}"]
    )
    return Output(section, text)


def _doubt(verdict: Verdict) -> Html | str:
    """Return what a computation of ours says against a number though its sum checks, to stand behind its verdict, or nothing."""
    return html(': <span class="doubt-told">{}</span>', linked(verdict.doubt)) if verdict.doubt else ""


def sources_view(library: Library) -> Output:
    """Return the sources with licence, cadence and how they were read."""
    cells, texts = [], []
    for row in library.rows("sources"):
        title = html('<a href="{}">{}</a>', row["url"], row["title"]) if row["url"] else row["title"]
        names = ("publisher", "published", "licence", "cadence", "read")
        cells.append([html("<code>{}</code>", row["id"]), title, *(row[name] for name in names)])
        texts.append([row["id"], row["title"], *(row[name] for name in names)])
    return table(["Key", "Title", "Publisher", "Published", "Licence", "Cadence", "How it was read"], texts, cells)


def tables_view(name: str) -> Output:
    """Return the columns of a table of the data library, from its declaration."""
    declared = schema.table(name)
    texts = []
    for column in declared.columns:
        rule = "one of " + ", ".join(column.allowed) if column.allowed else f"id in {column.reference}" if column.reference else ""
        texts.append([column.name, column.about, "yes" if column.required else "", rule])
    cells = [[html("<code>{}</code>", row[0]), *row[1:]] for row in texts]
    caption = f"data/{declared.path}: {declared.about}"
    return table(["Column", "What stands in it", "Required", "Allowed"], texts, cells, caption=caption, folded=True)


def recomputations_view(library: Library, verdict_of: Mapping[str, Verdict]) -> Output:
    """Return every recomputation: its figure, what it does in words, and what a computation of ours says against it though its sum checks."""
    known = [entry for entry in recompute.known(library).values() if entry.figure in library.figures]
    cells = [
        [
            figure_link(entry.figure, library.figures[entry.figure].shown),
            html("<code>{}</code>", entry.figure),
            html("{} {}", entry.about, linked(verdict_of[entry.figure].doubt)) if verdict_of[entry.figure].doubt else entry.about,
        ]
        for entry in known
    ]
    texts = [
        [library.figures[entry.figure].shown, entry.figure, f"{entry.about} {strip_links(verdict_of[entry.figure].doubt)}".rstrip()]
        for entry in known
    ]
    return table(["Number", "Figure", "How it is recomputed"], texts, cells, caption="Each recomputation in words", folded=True)


def glossary_view(library: Library) -> Output:
    """Return the words of the book with what they mean, each at its anchor."""
    rows = library.rows("glossary")
    if not rows:
        return Output(Html("<p>This book explains no words of its own.</p>"), "This book explains no words of its own.")
    entry = '<dt id="word-{}">{}</dt><dd>{}</dd>'
    entries = joined(html(entry, hyphened(row["term"]), row["term"], linked(row["means"])) for row in rows)
    return Output(
        html('<dl class="glossary">{}</dl>', entries), "\n".join(f"{row['term']} | {row['also']} | {row['means']}" for row in rows)
    )


def reports_view(library: Library) -> Output:
    """Return every error that was reported, with its state and our reply, newest first."""
    rows = sorted(library.rows("reports"), key=lambda row: row["date"], reverse=True)
    if not rows:
        return Output(Html("<p>Nobody has reported an error yet.</p>"), "Nobody has reported an error yet.")
    names = ("date", "target", "report", "state", "reply", "replied")
    texts = [[strip_links(row[name]) for name in names] for row in rows]
    cells = [[linked(row[name]) if name in ("report", "reply") else Html.escape(row[name]) for name in names] for row in rows]
    return table(["Reported", "About", "What was reported", "State", "Our reply", "Replied"], texts, cells)
