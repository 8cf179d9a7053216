"""A thousand cells of generated surveys beside R's package survey and the Python package svy: estimates, errors, intervals, raked weights, change.

    PEER_PYTHON=/tmp/peer/bin/python python tests/benchmarks/survey_peers.py

R and its package are asked for by `Rscript` (Debian: r-cran-survey, r-cran-mass; GPL). svy (https://pypi.org/project/svy, MIT; 230 MB with polars) is the
successor of samplics by the same author; `PEER_PYTHON` names an interpreter that has it, of an environment of its own, for its data frames are not
those of this book. A peer that is not there is printed as not tried. Exit code 1 when a number differs by more than a millionth of itself.

Where conventions differ, numbers are left out and named: the interval of a share is Wilson's here, on an effective number that is never told as more
than the respondents, and of the beta or logit in the peers; the interval of a mean in a group has the degrees of freedom of the group here and, asked
for it, in R, and those of the whole survey in svy; where a few heavy respondents carry a mean, as they do nowhere in these surveys, its interval is wider here. The error after raking is of what one regression on all margins leaves, here as in R's calibrate();
svy sweeps one margin after the other, as R's rake() does, to the same digits.
"""

import csv
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from evidence.survey.estimates import Estimator
from evidence.survey.overlap import Overlap, SampledUnits
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
for (q in grep("^x", names(d), value = TRUE)) {
  again <- data.frame(person = rep(seq_len(nrow(d)), 2), w = rep(d$w, 2), wave = rep(1:2, each = nrow(d)), v = c(d[[q]], d[[paste0("again_", q)]]))
  both <- svyby(~v, ~wave, svydesign(ids = ~person, weights = ~w, data = again), svymean, covmat = TRUE)
  out <- rbind(out, data.frame(design = "panel", group = "all", q = q, value = vcov(both)[1, 2], error = 0, low = 0, high = 0))
}
write.csv(out, arguments[2], row.names = FALSE)
write.csv(data.frame(w = weights(raked)), arguments[3], row.names = FALSE)
"""

SVY = """
import sys, warnings
warnings.filterwarnings("ignore")
import polars as pl
from svy import Design, Sample
d, n = pl.read_csv(sys.argv[1]), 0
n = d.height
controls = {"sex": {"f": 0.51 * n, "m": 0.49 * n}, "age": {"mid": 0.4 * n, "old": 0.35 * n, "young": 0.25 * n}}
clusters = Sample(d, Design(stratum="stratum", psu="psu", wgt="w"))
raked = Sample(d, Design(stratum="stratum", psu="psu", wgt="w")).weighting.rake(controls=controls, tol=1e-13, max_iter=1000)
designs = {"plain": Sample(d, Design(wgt="w")), "strata": Sample(d, Design(stratum="stratum", wgt="w")), "clusters": clusters, "raked": raked}
questions, rows = [name for name in d.columns if name[0] in "yx" and name[1:].isdigit()], []
for name, sample in designs.items():
    for q in questions:
        for by in (None, "g"):
            for one in sample.estimation.mean(q, by=by).to_polars().to_dicts():
                rows.append({"design": name, "group": one["g"] if by else "all", "q": q, "value": one["est"], "error": one["se"], "low": one["lci"], "high": one["uci"]})
pl.DataFrame(rows).write_csv(sys.argv[2])
pl.DataFrame({"w": raked.data["rk_wgt"]}).write_csv(sys.argv[3])
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
        frame[f"again_x{number}"] = (frame[f"x{number}"] * 0.6 + random.normal(number, 1, RESPONDENTS)).round(4)
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


def panel(frame):
    """Return the covariance of each mean in two waves of the same people, as the cells of a design."""
    everybody, weights = np.ones(len(frame), dtype=bool), (frame["w"] / frame["w"].mean()).to_numpy()
    estimator = Estimator(Design(weights, weights, np.zeros(len(frame), dtype=np.intp)))
    people = SampledUnits(*[np.arange(len(frame))] * 2, np.zeros(len(frame), dtype=np.intp))
    overlap, cells = Overlap(people, people), {}
    for question in [column for column in frame if column[0] == "x"]:
        parts = [estimator.parts(frame[name].to_numpy(), everybody) for name in (question, f"again_{question}")]
        cells["panel", "all", question] = (overlap.covariance(*parts), 0.0, 0.0, 0.0)
    return cells


def in_r(folder):
    """Return how R is asked; None where it is not there with its package."""
    (folder / "peer.R").write_text(SCRIPT, encoding="utf-8")
    return ["Rscript", folder / "peer.R"] if shutil.which("Rscript") else None


def in_svy(folder):
    """Return how svy is asked; None where no interpreter is named."""
    (folder / "peer.py").write_text(SVY, encoding="utf-8")
    return [os.environ["PEER_PYTHON"], folder / "peer.py"] if os.environ.get("PEER_PYTHON") else None


def asked(command, folder):
    """Return every cell by a peer, and its raked weights; None where its package is not installed."""
    paths = [folder / name for name in ("generated.csv", "cells.csv", "weights.csv")]
    done = subprocess.run([*command, *paths], capture_output=True, text=True, check=False)
    if "there is no package called" in done.stderr or "ModuleNotFoundError" in done.stderr:
        return None
    if done.returncode:
        raise SystemExit(f"{command[0]} ended with an error:\n{done.stderr.strip()}")
    with paths[1].open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    cells = {(row["design"], row["group"], row["q"]): tuple(float(row[name]) for name in ("value", "error", "low", "high")) for row in rows}
    return cells, pd.read_csv(paths[2])["w"].to_numpy()


def compare(name, peer, own, raked, *, calibrated):
    """Print how many numbers differ from a peer's; return whether any does, of those that follow the same convention."""
    cells, weights = peer
    shown = {key: 4 if calibrated else 1 if key[0] == "raked" else 4 if key[1] == "all" else 2 for key in cells}
    numbers = [(key, *pair) for key in cells for pair in zip(own[key][: shown[key]], cells[key][: shown[key]], strict=True)]
    off = [(key, one, other) for key, one, other in numbers if abs(one - other) > LARGEST * max(abs(other), 1e-3)]
    apart = float(np.abs(raked / raked.mean() - weights / weights.mean()).max())
    designs = len({key[0] for key in cells})
    print(f"{name}: {len(numbers):,} numbers in {len(cells):,} cells of {designs} designs: {len(off):,} differ")
    for key, one, other in off[:10]:
        print(f"  {' '.join(key)}: {one!r} here, {other!r} there")
    print(f"{name}: raked weights of {len(raked):,} respondents: largest difference {apart:.1e} of their mean")
    return bool(off) or apart > LARGEST


def main():
    frame, wrong = generated(), False
    own, raked = ours(frame)
    own |= panel(frame)
    for name, make, calibrated in (("R survey", in_r, True), ("svy", in_svy, False)):
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            frame.to_csv(folder / "generated.csv", index=False)
            command = make(folder)
            peer = asked(command, folder) if command else None
        if peer is None:
            print(f"not tried: {name}; the head of this file says what it needs")
        else:
            wrong |= compare(name, peer, own, raked, calibrated=calibrated)
    print("not compared, for conventions differ: intervals of shares (Wilson here, beta or logit there)")
    print(
        "nor with svy: intervals of means in groups (degrees of freedom), and errors after raking (there as by R's rake, not its calibrate)"
    )
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())
