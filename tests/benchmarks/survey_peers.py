"""A thousand cells of generated surveys beside R's package survey: estimates, standard errors, intervals of means, and raked weights.

    python tests/benchmarks/survey_peers.py

R and its package are asked for by `Rscript` (Debian: r-cran-survey, r-cran-mass). Where they are not there, the comparison is printed as not tried.
Exit code 1 when a number differs by more than a millionth of itself.

Two conventions differ, and are named with their cells left out of the count: R's effective number behind the interval of a share may be above the
respondents, ours is told as no more; and R gives shares an interval of the beta distribution, we Wilson's on the same effective number.
"""

import csv
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from evidence.survey.estimates import Estimator
from evidence.survey.weighting import Design, raked_weights

RESPONDENTS, QUESTIONS, GROUPS = 1_200, 14, 8
LARGEST = 1e-6

SCRIPT = r"""
suppressMessages(library(survey))
arguments <- commandArgs(trailingOnly = TRUE)
d <- read.csv(arguments[1]); d$one <- 1
out <- data.frame()
sizes <- function(column, shares) { t <- data.frame(names(shares), unname(shares) * nrow(d)); names(t) <- c(column, "Freq"); t }
plain <- svydesign(ids = ~1, weights = ~w, data = d)
strata <- svydesign(ids = ~1, strata = ~stratum, weights = ~w, data = d)
clusters <- svydesign(ids = ~psu, strata = ~stratum, weights = ~w, data = d, nest = TRUE)
targets <- c(`(Intercept)` = nrow(d), sexm = 0.49 * nrow(d), ageold = 0.35 * nrow(d), ageyoung = 0.25 * nrow(d))
raked <- calibrate(clusters, ~ sex + age, population = targets, calfun = "raking", epsilon = 1e-12, maxit = 200)
designs <- list(plain = plain, strata = strata, clusters = clusters, raked = raked)
for (name in names(designs)) for (group in c("all", sort(unique(d$g)))) {
  own <- if (group == "all") designs[[name]] else subset(designs[[name]], g == group)
  for (q in grep("^[yx]", names(d), value = TRUE)) {
    m <- svymean(as.formula(paste0("~", q)), own)
    ci <- confint(m, df = degf(own))
    out <- rbind(out, data.frame(design = name, group = group, q = q, value = coef(m)[[1]], error = SE(m)[[1]], low = ci[1], high = ci[2]))
  }
}
write.csv(out, arguments[2], row.names = FALSE)
write.csv(data.frame(w = weights(raked)), arguments[3], row.names = FALSE)
"""


def generated():
    """Return a survey that nobody answered: strata with clusters in them, weights, two margins, groups, shares (y) and numbers (x)."""
    random = np.random.default_rng(2026)
    frame = pd.DataFrame({"stratum": random.integers(1, 5, RESPONDENTS), "psu": random.integers(1, 13, RESPONDENTS)})
    frame["w"], frame["g"] = random.lognormal(0, 0.4, RESPONDENTS), [f"g{group}" for group in random.integers(1, GROUPS + 1, RESPONDENTS)]
    frame["sex"], frame["age"] = random.choice(["f", "m"], RESPONDENTS), random.choice(["mid", "old", "young"], RESPONDENTS)
    town = random.normal(0, 0.5, (5, 13))[frame["stratum"], frame["psu"]]
    for number in range(QUESTIONS):
        frame[f"y{number}"] = (random.normal(town, 1) > number / 10).astype(int)
        frame[f"x{number}"] = random.normal(town + number, 1 + number / 5).round(4)
    return frame


def codes(column):
    return pd.Categorical(column).codes.astype(np.intp)


def ours(frame):
    """Return every cell of the same designs by this library, and its raked weights."""
    weights = (frame["w"] / frame["w"].mean()).to_numpy()
    none, strata = np.zeros(len(frame), dtype=np.intp), codes(frame["stratum"])
    clusters = codes(frame["stratum"] * 100 + frame["psu"])
    margins = (codes(frame["sex"]), codes(frame["age"]))
    raked = raked_weights(weights, list(margins), [np.array([0.51, 0.49]), np.array([0.4, 0.35, 0.25])])
    designs = {
        "plain": Design(weights, weights, none),
        "strata": Design(weights, weights, strata),
        "clusters": Design(weights, weights, strata, clusters),
        "raked": Design(raked, weights, strata, clusters, margins),
    }
    cells = {}
    for name, design in designs.items():
        estimator = Estimator(design)
        for group in ("all", *sorted(frame["g"].unique())):
            base = np.ones(len(frame), dtype=bool) if group == "all" else (frame["g"] == group).to_numpy()
            for question in [column for column in frame if column[0] in "yx" and column[1:].isdigit()]:
                found = estimator.mean(frame[question].to_numpy(dtype=float), base)
                cells[name, group, question] = (found.value, found.error, found.low, found.high)
    return cells, raked


def theirs(folder, frame):
    """Return every cell by R, and its raked weights; None where there is no R with its package."""
    if not shutil.which("Rscript"):
        return None
    paths = [folder / name for name in ("generated.csv", "cells.csv", "weights.csv")]
    frame.to_csv(paths[0], index=False)
    (folder / "peer.R").write_text(SCRIPT, encoding="utf-8")
    done = subprocess.run(["Rscript", folder / "peer.R", *paths], capture_output=True, text=True, check=False)
    if "there is no package called" in done.stderr:
        return None
    if done.returncode:
        raise SystemExit(f"R ended with an error:\n{done.stderr.strip()}")
    with paths[1].open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    cells = {(row["design"], row["group"], row["q"]): tuple(float(row[name]) for name in ("value", "error", "low", "high")) for row in rows}
    return cells, pd.read_csv(paths[2])["w"].to_numpy()


def main():
    frame = generated()
    with tempfile.TemporaryDirectory() as name:
        peer = theirs(Path(name), frame)
    if peer is None:
        print("not tried: R with its package survey (Debian: r-cran-survey, r-cran-mass)")
        return 0
    (cells, weights), (own, raked) = peer, ours(frame)
    numbers = [(key, ours_, theirs_) for key in cells for ours_, theirs_ in zip(own[key], cells[key], strict=True)]
    off = [(key, one, other) for key, one, other in numbers if abs(one - other) > LARGEST * max(abs(other), 1e-3)]
    apart = float(np.abs(raked / raked.mean() - weights / weights.mean()).max())
    print(f"{len(numbers):,} numbers in {len(cells):,} cells of {len({key[0] for key in cells})} designs: {len(off):,} differ")
    for key, one, other in off[:10]:
        print(f"  {' '.join(key)}: {one!r} here, {other!r} in R")
    print(f"raked weights of {len(raked):,} respondents: largest difference {apart:.1e} of their mean")
    print("not compared, for conventions differ: effective numbers above the respondents, and intervals of shares (Wilson here, beta in R)")
    return int(bool(off) or apart > LARGEST)


if __name__ == "__main__":
    sys.exit(main())
