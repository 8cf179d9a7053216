"""How often 95% intervals hold the truth over 2,000 generated surveys in each design, and what two large waves cost: a long and a wide one.

    python tests/benchmarks/survey.py

What is withheld since a few heavy respondents answer for the rest holds nothing; what is published counts. Of 600 people whose weights go from 75
to 0.013 about six answer for three quarters, and no interval is honest: nearly all is withheld, but for the odd sample that holds none of these
six, which no file can tell. Exit code 1 when of what is published a coverage lies outside 93 to 97%, or more than 1% of that sample is published, the wave of 200,000 respondents and 60 questions takes more than 30 s or 2 GB, or a look at one of
2,000 respondents and 10,000 columns with a wave of a question of it more than 15 s. Seconds are of the processor.
"""

import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from evidence import paths
from evidence.catalog import load
from evidence.survey.change import correlation, difference_of
from evidence.survey.estimates import Estimator
from evidence.survey.looking.look import look
from evidence.survey.overlap import Overlap, SampledUnits
from evidence.survey.wave import WaveOrder, ingest
from evidence.survey.weighting import Design, raked_weights

REPLICATIONS = 2_000
RESPONDENTS, QUESTIONS = 200_000, 60
SECONDS, GIGABYTES = 30, 2
WIDE_RESPONDENTS, COLUMNS, WIDE_SECONDS = 2_000, 10_000, 15

SIZES = np.array([0.75, 0.2, 0.04, 0.01])
DRAWN = np.array([0.4, 0.3, 0.2, 0.1])
"""How an agency draws the sizes."""
AGES = np.array([0.3, 0.45, 0.25])
TRUTH = np.array([0.06, 0.35, 0.71, 0.75])[:, None] + np.array([0.02, 0.0, -0.03])
"""Share that answers yes among each size and age; sizes and ages are independent in the population."""


def population_share(wanted=(0, 1, 2, 3)):
    """Return the true share among the sizes wanted."""
    sizes = SIZES[list(wanted)]
    return float((sizes[:, None] * AGES * TRUTH[list(wanted)]).sum() / sizes.sum())


def as_sampled(random):
    """Answer as a simple random sample of 400: intervals of the plain share."""
    size, age = random.choice(4, 400, p=SIZES), random.choice(3, 400, p=AGES)
    design = Design(np.ones(400), np.ones(400), np.zeros(400, dtype=int))
    return design, size, age


def quotas(random):
    """Answer as equal quotas of four sizes and a lopsided mix of ages, raked to both."""
    size, age = np.arange(500) % 4, random.choice(3, 500, p=[0.5, 0.3, 0.2])
    weights = raked_weights(np.ones(500), [size, age], [SIZES, AGES])
    return Design(weights, 4 * SIZES[size], size, None, (size, age)), size, age


def towns(random):
    """Answer as 40 towns of 25 firms each, among which ages differ and answers agree, with the towns as clusters."""
    town = np.repeat(np.arange(40), 25)
    size, age = random.choice(4, 1_000, p=SIZES), random.choice(3, 1_000, p=AGES)
    return Design(np.ones(1_000), np.ones(1_000), np.zeros(1_000, dtype=int), town), size, age


def weighted(random):
    """Answer as 600 people whom an agency has drawn and weighted by their size, with noise in the weights."""
    size, age = random.choice(4, 600, p=DRAWN), random.choice(3, 600, p=AGES)
    weights = (SIZES / DRAWN)[size] * random.lognormal(0, 0.4, 600)
    return Design(weights / weights.mean(), weights / weights.mean(), np.zeros(600, dtype=int)), size, age


def lopsided(random, people=3_000):
    """Answer as people whom an agency has drawn the other way round, the most from the smallest size: weights from 75 to 0.013."""
    size, age = random.choice(4, people, p=SIZES[::-1]), random.choice(3, people, p=AGES)
    weights = (SIZES / SIZES[::-1])[size]
    return Design(weights / weights.mean(), weights / weights.mean(), np.zeros(people, dtype=int)), size, age


def lopsided_few(random):
    """Answer as 600 of these people."""
    return lopsided(random, 600)


def strata(random):
    """Answer as 600 people of three ages that were drawn apart, as many of each, weighted to the population."""
    size, age = random.choice(4, 600, p=SIZES), np.arange(600) % 3
    return Design(3 * AGES[age], 3 * AGES[age], age), size, age


def towns_in_strata(random):
    """Answer as 20 towns of 20 people in each of three ages, their clusters in strata, weighted to the population."""
    age, town = np.repeat(np.arange(3), 400), np.repeat(np.arange(60), 20)
    return Design(3 * AGES[age], 3 * AGES[age], age, town), random.choice(4, 1_200, p=SIZES), age


def answered(random, design, size, age):
    """Return who says yes; in a cluster half of the answers of one size and age are those of its first respondent."""
    chance = random.random(len(size))
    if design.clusters is not None:
        shared = random.random(design.clusters.max() + 1)[design.clusters]
        chance = np.where(random.random(len(size)) < 0.3, shared, chance)
    return chance < TRUTH[size, age]


def coverage(sampling, wanted=(0, 1, 2, 3)):
    """Return in how many of 2,000 surveys the interval of a share holds the truth, of those that publish it, and how many publish it, in percent."""
    random, held, truth = np.random.default_rng(2026), [], population_share(wanted)
    for _ in range(REPLICATIONS):
        design, size, age = sampling(random)
        estimator, base, said = Estimator(design), np.isin(size, wanted), answered(random, design, size, age)
        if not estimator.carried_by_few(base):
            estimate = estimator.share(said, base)
            held.append(estimate.low <= truth <= estimate.high)
    return 100 * float(np.mean(held)), 100 * len(held) / REPLICATIONS


def coverage_of_means(sampling):
    """Return the same of the mean of a number that goes with size."""
    random, held, truth = np.random.default_rng(2026), [], float((SIZES * [1, 2, 3, 4]).sum())
    for _ in range(REPLICATIONS):
        design, size, _ = sampling(random)
        estimator, base, number = Estimator(design), np.ones(len(size), dtype=bool), size + 1 + random.normal(0, 1, len(size))
        if not estimator.carried_by_few(base):
            estimate = estimator.mean(number, base)
            held.append(estimate.low <= truth <= estimate.high)
    return 100 * float(np.mean(held)), 100 * len(held) / REPLICATIONS


def coverage_of_changes(again):
    """Return the same of a change between two waves of 500 people, some of whom are asked again."""
    random, held, everybody = np.random.default_rng(2026), 0, np.ones(500, dtype=bool)
    estimator = Estimator(Design(np.ones(500), np.ones(500), np.zeros(500, dtype=int)))
    for _ in range(REPLICATIONS):
        leaning = random.random(1_000)
        keys = [np.arange(500), np.arange(500 - again, 1_000 - again)]
        said = [
            np.where(random.random(500) < 0.7, leaning[own], random.random(500)) < truth
            for own, truth in zip(keys, (0.4, 0.46), strict=True)
        ]
        overlap = Overlap(*[SampledUnits(own, own, np.zeros(500, dtype=int)) for own in keys])
        before, after = (estimator.share(one, everybody) for one in said)
        covariance = overlap.covariance(*[estimator.parts(one.astype(float), everybody) for one in said])
        low, high, _ = difference_of(before, after, mean=False, correlation=correlation(before, after, covariance))
        held += low <= 0.06 <= high
    return 100 * held / REPLICATIONS, 100.0


def print_coverage():
    """Print the coverage of each way of sampling; return whether each is between 93 and 97%, or so good as nothing is published."""
    cases = {
        "simple random sample of 400": (as_sampled,),
        "equal quotas, raked to size and age": (quotas,),
        "the same, micro firms only": (quotas, (1,)),
        "the same, small and medium firms": (quotas, (2, 3)),
        "40 towns of 25": (towns,),
        "agency weights, unequal by chance": (weighted,),
        "agency weights from 75 to 0.013 of 3,000": (lopsided,),
        "three ages drawn apart": (strata,),
        "20 towns in each of three ages": (towns_in_strata,),
    }
    found = {name: coverage(*case) for name, case in cases.items()}
    found["mean under agency weights"] = coverage_of_means(weighted)
    found["mean under agency weights from 75 to 0.013 of 3,000"] = coverage_of_means(lopsided)
    found["change, of 500 people 300 asked again"] = coverage_of_changes(300)
    few = coverage(lopsided_few)
    for name, (held, published) in (found | {"agency weights from 75 to 0.013 of 600": few}).items():
        print(f"coverage over {REPLICATIONS:,} surveys, {name}: {held:.1f}% of the {published:.1f}% published", flush=True)
    return all(93 <= held <= 97 for held, _ in found.values()) and few[1] < 1


def write_large(folder):
    """Write a generated wave of 200,000 respondents and 60 questions with a codebook that asks for them all, by two groups and raked."""
    random = np.random.default_rng(1)
    columns = {"generated": np.full(RESPONDENTS, "generated for tests; nobody was asked"), "respondent": np.arange(RESPONDENTS)}
    columns |= {"size": random.choice(["Sole trader", "Micro", "Small", "Medium"], RESPONDENTS)}
    columns |= {"region": random.choice(["London", "South", "Midlands", "North", "Rest"], RESPONDENTS)}
    columns |= {
        f"q{number}": random.choice(["Yes", "No", "Maybe", ""], RESPONDENTS, p=[0.4, 0.4, 0.15, 0.05]) for number in range(QUESTIONS)
    }
    pd.DataFrame(columns).to_csv(folder / "generated-large.csv", index=False)
    ids = [key for key, figure in load().figures.items() if figure.source == "demos" and figure.unit == "percent"][:QUESTIONS]
    figures = "".join(
        f'[[figures]]\nid = "{key}"\ncolumns = ["q{number}"]\ncodes = ["Yes"]\n' for number, key in enumerate(ids[:QUESTIONS])
    )
    (folder / "large.toml").write_text(
        'source = "demos"\ntitle = "Generated"\nrespondent = "respondent"\ngroups = ["size", "region"]\n[weights]\nstrata = "size"\nrake = true\n'
        'why = "Generated."\n[[margins]]\ncolumn = "size"\npopulation = { "Sole trader" = 75, Micro = 20, Small = 4, Medium = 1 }\n'
        '[[margins]]\ncolumn = "region"\npopulation = { London = 17, South = 28, Midlands = 18, North = 25, Rest = 12 }\n' + figures,
        encoding="utf-8",
    )
    return len(ids)


def ingest_large(folder):
    """Ingest the large wave in this process and print seconds, peak memory and cells."""
    start = time.process_time()
    order = WaveOrder(folder / "generated-large.csv", folder / "large.toml", str(date.today()), f"{date.today():%B %Y}", folder / "overlay")
    wave = ingest(order, load())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"{time.process_time() - start:.1f} {peak:.2f} {len(wave.figures)} {len(wave.breakdowns)}")


def print_large():
    """Ingest the large wave in a process of its own; print what it took and return whether it is within bounds."""
    with tempfile.TemporaryDirectory() as name:
        asked = write_large(Path(name))
        command = [sys.executable, __file__, name]
        told = subprocess.run(command, capture_output=True, text=True, check=True, cwd=paths.ROOT).stdout.split()
    seconds, gigabytes = float(told[0]), float(told[1])
    print(f"{RESPONDENTS:,} respondents, {asked} questions, {told[3]} cells by group: {seconds:.1f} s, {gigabytes:.2f} GB at most")
    return asked == QUESTIONS and seconds <= SECONDS and gigabytes <= GIGABYTES


def print_wide():
    """Look at a file of 10,000 columns and take in a question of it; print what both took and return whether it is within bounds."""
    random = np.random.default_rng(2)
    answers = random.choice(["Yes", "No", "Maybe"], (WIDE_RESPONDENTS, COLUMNS))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = ([f"q{number}" for number in range(COLUMNS)], *answers)
        (folder / "wide.csv").write_text("\n".join(map(",".join, rows)) + "\n", encoding="utf-8")
        start = time.process_time()
        found = look(folder / "wide.csv", folder / "draft", ["q7"])
        looked = time.process_time() - start
        (folder / "wide.toml").write_text(
            'source = "demos"\ntitle = "Generated"\n[weights]\nwhy = "Generated."\n[[figures]]\nid = "sme.barriers.any"\n'
            'columns = ["q7"]\ncodes = ["Yes"]\n',
            encoding="utf-8",
        )
        ingest(WaveOrder(folder / "wide.csv", folder / "wide.toml", str(date.today()), "today", folder / "overlay"), load())
        seconds = time.process_time() - start
    print(
        f"{WIDE_RESPONDENTS:,} respondents, {len(found.file.columns):,} columns: looked at in {looked:.1f} s, with a wave {seconds:.1f} s"
    )
    return seconds <= WIDE_SECONDS


if __name__ == "__main__":
    if len(sys.argv) > 1:
        ingest_large(Path(sys.argv[1]))
        sys.exit()
    sys.exit(not all([print_large(), print_wide(), print_coverage()]))
