"""What `evidence audit` finds in the documents of this book, in public bulletins, and in invented reports with planted faults.

SOURCE_TEXTS names the folder with the documents, GOLD a file of labelled sentences of public bulletins (lines of JSON with `url` and `sentence`).
A correction of this book counts as found where the audit tells of its sentence for its reason: `REACHED` says by which check and which words.
Questions are counted apart from alarms, for only alarms fail an audit.
"""

import json
import os
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "referee"))

from reading import REPORTS, audited, planted

from evidence.catalog import load
from evidence.referee import audit, read_document

REACHED = {
    "university.firms.high": ("per head", "208,000"),
    "university.firms.low": ("per head", "78,000"),
    "growth-hub.respondents": ("respondents (GRIM)", "54%"),
    "neet.norway": ("ratio", "Norway"),
    "unemployment.periods": ("dates", "1970-1993"),
    "coordination.gap": ("wording", "at least one"),
    "barriers.base": ("base", "do not engage in any"),
    "barriers.conclusion": ("base", "At least two-thirds"),
    "scale-ups.contribution": ("part of the economy", "£2.2 trillion"),
    "sme.employment-base": ("base", "workforce"),
    "pay.young": ("direction", "fallen sharply"),
}
"""By which check a declared correction is found, and words of the sentence that it marks."""


def documents():
    """Print the alarms of the documents by kind, and which declared corrections are among them."""
    begun = time.process_time()
    audits = [audit(read_document(path)) for path in sorted(Path(os.environ["SOURCE_TEXTS"]).iterdir()) if path.is_file()]
    spent = time.process_time() - begun
    alarms, questions = ([found for one in audits for found in getattr(one, name)] for name in ("alarms", "questions"))
    print(f"documents: {len(audits)}, {sum(len(one.comparisons) for one in audits)} comparisons, {spent:.1f} s of processor")
    for name, told in (("alarms", alarms), ("questions", questions)):
        print(f"  {name}: {len(told)}", dict(Counter(found.kind for found in told)))
    declared = {row["id"] for row in load().rows("corrections")}
    by_alarm = {name for name, reason in REACHED.items() if _told(alarms, *reason)}
    by_question = {name for name, reason in REACHED.items() if _told(questions, *reason)}
    print(f"  of {len(declared)} corrections {len(by_alarm & declared)} by alarms, {len(by_question & declared)} more by questions")
    print("  not found:", *sorted(declared - by_alarm - by_question))


def _told(found, kind, words):
    return any(one.kind == kind and words in one.text for one in found)


def bulletins():
    """Print the alarms over true sentences of public bulletins; each is read as false until somebody has looked."""
    sentences = {}
    for line in Path(os.environ["GOLD"]).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        sentences.setdefault(row["url"], {})[row["sentence"]] = None
    audits = [audited("\n\n".join(held), url) for url, held in sentences.items()]
    alarms = [found for one in audits for found in one.alarms]
    print(f"bulletins: {len(audits)} pages, {sum(map(len, sentences.values()))} sentences, {len(alarms)} alarms")
    for found in alarms:
        print(f"  {found.kind}: {found.message} {found.text}")


def faults():
    """Print how many planted faults are found, by kind, and the alarms over the reports as they are."""
    made, hit = Counter(), Counter()
    for row in planted():
        text = REPORTS[row["report"]].replace(row["true"], row["planted"])
        made[row["kind"]] += 1
        hit[row["kind"]] += row["kind"] in {found.kind for found in audited(text).alarms}
    clean = sum(len(audited(text).alarms) for text in REPORTS.values())
    print(f"planted: {sum(hit.values())} of {sum(made.values())} found, {clean} alarms on the twins without faults")
    for kind, number in sorted(made.items()):
        print(f"  {kind}: {hit[kind]} of {number}")


if __name__ == "__main__":
    faults()
    if "SOURCE_TEXTS" in os.environ:
        documents()
    if "GOLD" in os.environ:
        bulletins()
