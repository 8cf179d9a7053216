"""Numbers linked to another figure, over the whole book: any that the number would be true of too, and records that were stuffed with words to fit everything."""

import random
from dataclasses import replace
from string import ascii_lowercase

from lies import Lies
from whole import LIBRARY, numbers

from evidence.catalog import Library, schema
from evidence.statements.checking import check_passages
from evidence.statements.rules.subject import index

STUFFED = 50
WRONG = 0.08
"""Share of links that may accept some wrong figure."""
AT_MOST = 0.05
"""Share of true links that fifty such records may make ambiguous: their authors are then asked to say more."""


def turned(passage, link, target):
    """Return a passage with one link turned to another figure."""
    links = [replace(one, target=target) if one is link else one for one in passage.block.links]
    return replace(passage, block=replace(passage.block, links=links))


def rules(passage, library):
    """Return the rules that the sentences of a passage break."""
    return {problem.rule for problem in check_passages([passage], library).faults}


def true_of(link, library):
    """Return the figures other than its own that the number of a link would be true of, none of them declared the same fact."""
    known = index(library)
    return [name for name in known.admitted(link) if name != link.target and not known.same(name, link.target)]


def test_a_number_linked_to_another_figure_that_it_is_true_of_is_found_out():
    lies, accepting = Lies("retarget", 0.95, "subject"), 0
    for passage, link in numbers():
        found = {target: rules(turned(passage, link, target), LIBRARY) for target in true_of(link, LIBRARY)}
        for target, broken in found.items():
            lies.tell(f"{passage.page}: [{link.text}]({link.target}) to {target}", broken)
        accepting += not all(found.values())
    lies.held()
    assert accepting < WRONG * len(numbers()), f"{accepting} of {len(numbers())} links accept a wrong figure"


def stuffed(subjects):
    """Return the library with records that each name so many subjects of others, and state the number of one of these."""
    chance, rows = random.Random(18), LIBRARY.all_rows("figures")
    single = [row for row in rows if not row["id"].endswith((".low", ".high"))]
    populations = sorted({row["population"] for row in rows if row["population"]})
    more = []
    for place in range(STUFFED):
        said = {"population": "; ".join(chance.sample(populations, subjects)), "quote": " ".join(chance.sample(populations, subjects))}
        name = f"stuffed.{ascii_lowercase[place // 26]}.{ascii_lowercase[place % 26]}"
        more.append(chance.choice(single) | said | {"id": name, "series": "", "category": "", "place": "", "note": ""})
    return Library({table.name: LIBRARY.all_rows(table.name) for table in schema.tables()} | {"figures": [*rows, *more]})


def test_records_stuffed_with_words_help_no_wrong_link_and_hurt_hardly_any_true_one():
    for subjects in (2, 10, 40):
        library = stuffed(subjects)
        lies, alarms = Lies(f"retarget to records of {subjects} subjects", 0.93, "subject"), 0
        for passage, link in numbers():
            targets = [name for name in true_of(link, library) if name.startswith("stuffed.")]
            for target in targets:
                lies.tell(f"{passage.page}: [{link.text}]({link.target}) to {target}", rules(turned(passage, link, target), library))
            alarms += bool(targets) and bool(rules(passage, library))
        lies.held()
        assert alarms < AT_MOST * len(numbers()), f"{alarms} true links raise an alarm beside records of {subjects} subjects"
