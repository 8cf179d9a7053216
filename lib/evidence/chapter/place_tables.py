"""Tables of place data: what is held, and the profile of a place."""

from __future__ import annotations

from evidence.chapter.output import Output, stacked, table
from evidence.markup import html
from evidence.places import PlaceData, Profile


def note(text: str) -> Output:
    """Return a sentence of its own."""
    return Output(html('<p class="place-note">{}</p>', text), text)


def held_table(data: PlaceData) -> Output:
    """Return every measure that is held, with producer, release, boundaries and file."""
    known = {(row["measure"], row["areas"]) for row in data.held}
    rows, cells = [], []
    for row in data.declared:
        if (row["measure"], row["areas"]) not in known:
            continue
        release = f", released {row['as_of']}, {row['licence']}"
        rows.append([row["label"], row["areas"], f"{row['source']}, {row['address']}{release}", row["file"]])
        linked = html('<a href="{}">{}</a>{}', row["address"], row["source"], release)
        cells.append([row["label"], row["areas"], linked, html("<code>{}</code>", row["file"])])
    headers = ["Measure", "Areas and year", "Producer, release and licence", "File"]
    attributions = dict.fromkeys(data.declared_areas(row["areas"])["attribution"] for row in data.held)
    return stacked(table(headers, rows, cells, caption="Place data of this edition"), *(note(text) for text in attributions))


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
    return stacked(table(headers, rows, caption=caption), *lacking)
