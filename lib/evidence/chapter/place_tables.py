"""Tables of place data: what is held, and the profile of a place."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from evidence.chapter.output import Output, stacked, table
from evidence.places import PlaceData, Profile


def note(text: str) -> Output:
    """Return a sentence of its own."""
    return Output(f'<p class="place-note">{escape(text)}</p>', text)


def plain_table(headers: Sequence[str], rows: list[list[str]], caption: str, *, folded: bool = False) -> Output:
    """Return a table of plain texts."""
    return table(headers, [[escape(cell) for cell in row] for row in rows], rows, caption=caption, folded=folded)


def held_table(data: PlaceData) -> Output:
    """Return every measure that is held, with producer, release, boundaries and file."""
    known = {(row["measure"], row["areas"]) for row in data.held}
    rows, cells = [], []
    for row in data.declared:
        if (row["measure"], row["areas"]) not in known:
            continue
        release = f", released {row['as_of']}, {row['licence']}"
        rows.append([row["label"], row["areas"], f"{row['source']}, {row['address']}{release}", row["file"]])
        linked = f'<a href="{escape(row["address"])}">{escape(row["source"])}</a>{escape(release)}'
        cells.append([escape(row["label"]), escape(row["areas"]), linked, f"<code>{escape(row['file'])}</code>"])
    headers = ["Measure", "Areas and year", "Producer, release and licence", "File"]
    attributions = dict.fromkeys(data.declared_areas(row["areas"])["attribution"] for row in data.held)
    return stacked(table(headers, cells, rows, caption="Place data of this edition"), *(note(text) for text in attributions))


def profile_table(profile: Profile) -> Output:
    """Return the measures of a place with year, rank among the areas of the same boundaries, the country's value, and source."""
    rows = []
    for line in profile.lines:
        measure = line.measure
        whole = measure.whole.get(line.year)
        compared = f"{measure.shown(whole)} ({measure.row['whole_name']})" if whole is not None else "–"
        place = f"{line.rank} of {line.among}"
        rows.append([measure.label, measure.shown(line.value), measure.when(line.year), place, compared, measure.told(line.year)])
    caption = f"{profile.name} ({profile.code}), one of {len(profile.areas.names)}: {profile.areas.about}"
    headers = ["Measure", "Value", "Period", "Rank, highest first", "Country", "Source"]
    unknown = "; ".join(measure.label for measure in profile.unknown)
    lacking = [note(f"No value for this place: {unknown}.")] if unknown else []
    return stacked(plain_table(headers, rows, caption), *lacking)
