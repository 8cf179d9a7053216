"""Surveys that are made up for tests, with known truth: nobody was asked, and nothing of them ever reaches a page.

Every file is named `generated-*` and its first column, `generated`, says so in each row.
"""

import tomllib

import numpy as np
import pandas as pd

from evidence import paths

CODEBOOKS = paths.ROOT / "data" / "codebooks"
LABEL = "generated for tests; nobody was asked"
SIZES = ["Sole trader", "Micro", "Small", "Medium"]
REGIONS = ["London", "South", "Midlands", "North", "Rest of the UK"]


def firms(respondents=500, seed=1, outreach=(0.06, 0.35, 0.71, 0.75), barrier=0.4):
    """Return a survey of firms by the codebook data/codebooks/sme.toml: equal quotas of four sizes, `outreach` the truth for each."""
    random = np.random.default_rng(seed)
    size = np.arange(respondents) % 4
    columns = {
        "generated": np.full(respondents, LABEL),
        "respondent": [f"firm {number}" for number in range(respondents)],
        "size": np.array(SIZES)[size],
        "region": random.choice(REGIONS, respondents, p=[0.17, 0.28, 0.18, 0.25, 0.12]),
        "owner_age": random.choice(["18-34", "35-54", "55 or over"], respondents),
    }
    now = random.random(respondents) < np.array(outreach)[size]
    for column in asked("sme.toml"):
        if column.startswith("activity_"):
            columns[column] = random.choice(["Now", "In the past", "Would like to", "No interest"], respondents)
        elif column.startswith("likely_"):
            columns[column] = random.choice(
                ["Much more likely", "Somewhat more likely", "No more likely"], respondents, p=[0.14, 0.2, 0.66]
            )
        elif column not in columns:
            columns[column] = np.where(random.random(respondents) < barrier, "Yes", "No")
    columns["activity_outreach"] = np.where(now, "Now", columns["activity_outreach"])
    columns["activity_outreach"] = np.where(~now & (columns["activity_outreach"] == "Now"), "No interest", columns["activity_outreach"])
    return pd.DataFrame(columns)


def people(respondents=2_000, seed=1):
    """Return a survey of people by the codebook data/codebooks/perceptions.toml; three in ten agree with anything, the first strongly."""
    random = np.random.default_rng(seed)
    yes = {"feeling": "Very positive", "future_representation": "Disagree"}
    strongly = {"Agree": "Strongly agree", "Disagree": "Strongly disagree", "Very positive": "Fairly positive"}
    columns = {
        "generated": np.full(respondents, LABEL),
        "respondent": [f"person {number}" for number in range(respondents)],
        "sex": random.choice(["Women", "Men"], respondents),
        "age": random.choice(["18-34", "35-54", "55 or over"], respondents),
        "works_in_manufacturing": random.choice(["Yes", "No"], respondents, p=[0.1, 0.9]),
    }
    for column in asked("perceptions.toml"):
        if column not in columns:
            said = yes.get(column, "Yes" if column.startswith(("saw", "associates")) else "Agree")
            columns[column] = np.where(random.random(respondents) < 0.3, said, "Neither").astype(object)
            columns[column][np.flatnonzero(columns[column] == said)[0]] = strongly.get(said, said)
    return pd.DataFrame(columns)


def asked(codebook):
    """Return the columns that a codebook of the library reads answers from, in its order."""
    figures = tomllib.loads((CODEBOOKS / codebook).read_text(encoding="utf-8"))["figures"]
    return list(dict.fromkeys(column for figure in figures for column in figure.get("columns", [])))


def write(frame, folder, name="generated-wave", form="csv"):
    """Write a survey as a file of a form and return where it is."""
    file = folder / f"{name}.{form}"
    if form == "csv":
        frame.to_csv(file, index=False)
    elif form == "xlsx":
        frame.to_excel(file, index=False)
    else:
        import pyreadstat

        pyreadstat.write_sav(frame, str(file), file_label=LABEL)
    return file
