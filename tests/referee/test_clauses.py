"""What one clause, or a row with its mean, says of itself: right as it stands, wrong with one number changed; what only looks like it gives no alarm."""

import pytest
from reading import kinds

TOWNS = "| Town | Let (%) |\n|---|---|\n| Oxby | 61.0 |\n| Penhill | 58.0 |\n| Quarley | 66.0 |\n| Rushden | 63.5 |\n"
PAIRS = [
    ("sum", "Oak Hall has 412 seats and Elm Hall 236, 648 in all, and most are taken.", "648", "684"),
    ("sum", "The tram carried 1,240 adults and the bus 310, making 1,550 altogether.", "1,550", "1,650"),
    ("sum", "Of the rowers 47% were for the lake and 19% against it, a balance of +28.", "+28", "+18"),
    ("sum", "Of what we raised, £12.0 million (75%) will come again and £4.0 million will not.", "£4.0", "£6.0"),
    ("repeat", "The moor covers 1,340 square kilometres, or 134,000 hectares.", "134,000", "13,400"),
    ("repeat", "The path is 40 miles (64 km) long.", "64 km", "46 km"),
    ("dates", "The show opens on 5 May 2025 and closes after two weeks, on 19 May.", "two", "three"),
    ("range", f"{TOWNS}\nThe rates lie close together, from 58.0% in Penhill to 66.0% in Quarley.", "58.0% in Penhill", "61.0% in Oxby"),
    (
        "per head",
        "| Birds | 2015 | 2016 | 2017 | 2018 | Four-year average |\n|---|---|---|---|---|---|\n| Terns | 410 | 432 | 398 | 440 | 420 |",
        "| 420 |",
        "| 442 |",
    ),
]


@pytest.mark.parametrize(("kind", "text", "right", "wrong"), PAIRS, ids=[wrong for *_, wrong in PAIRS])
def test_what_a_clause_constructs_is_held_against_what_it_states(kind, text, right, wrong):
    planted = wrong.join(text.rsplit(right, 1))
    assert planted != text
    assert kinds(text) == set()
    assert kind in kinds(planted)


@pytest.mark.parametrize(
    "text",
    [
        "In 12 towns and 40 villages there are 66 clubs altogether.",
        "We have 30 oaks, 40 elms and 25 ashes, 95 in all.",
        "Some 212 guests (65%) said yes and 80 did not answer.",
        "£12.0 million (75%) came from gifts and £3.0 million was not spent.",
        "The lake is 3 miles (5 km) long, and the wood has 100 hectares (250 acres).",
        "The fair ran from 3 June 2024 for two weeks, until 16 June 2024.",
        "The show opened on 5 May 2025 and was shut for three days, on 24 June it was sold.",
        f"{TOWNS}\nThe rates of the other three range from 61.0% in Oxby to 66.0% in Quarley.",
        "| Birds | 2015 | 2016 | 2017 | Ten-year average |\n|---|---|---|---|---|\n| Terns | 410 | 432 | 398 | 350 |",
    ],
)
def test_what_only_looks_like_it_gives_no_alarm(text):
    assert kinds(text) == set()
