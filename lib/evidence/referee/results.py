"""What came of an audit, for machines: JSON, SARIF 2.1.0 and JUnit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

from evidence.problems import Problem
from evidence.referee.auditing import Audit
from evidence.referee.comparing import Compared, Confidence

_LEVELS = {Confidence.high: "error", Confidence.medium: "warning", Confidence.question: "note"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_record(audits: Sequence[Audit], idle: Sequence[Problem]) -> dict[str, Any]:
    """Return audits as JSON: for each report alarms, questions, what is excused, and all that was compared."""
    return {
        "reports": [
            {
                "file": audit.document.name,
                "alarms": [_alarm(audit, found) for found in audit.alarms],
                "questions": [_alarm(audit, found) for found in audit.questions],
                "excused": [{**_alarm(audit, found), "reason": reason} for found, reason in audit.excused],
                "compared": [_alarm(audit, found) for found in audit.comparisons],
                "counts": {kind: {"compared": made, "agree": agreed} for kind, (made, agreed) in audit.counts.items()},
            }
            for audit in audits
        ],
        "idle": [problem.as_record() for problem in idle],
    }


def _alarm(audit: Audit, found: Compared) -> dict[str, Any]:
    return {
        "kind": found.kind,
        "holds": found.holds,
        "confidence": found.confidence.value,
        audit.document.unit: found.place,
        "message": found.message,
        "arithmetic": found.arithmetic,
        "text": found.text,
        "marked": [list(span) for span in found.spans],
        "other": found.other,
    }


def as_sarif(audits: Sequence[Audit], idle: Sequence[Problem]) -> dict[str, Any]:
    """Return audits as SARIF 2.1.0; what is excused is in it as suppressed, with its reason."""
    kinds = sorted({found.kind for audit in audits for found in audit.comparisons} | {"idle suppression"})
    results = [result for audit in audits for result in _results(audit)]
    results += [_result("idle suppression", "error", str(problem), quote(problem.place.file), problem.place.row) for problem in idle]
    driver = {"name": "evidence audit", "rules": [{"id": kind} for kind in kinds]}
    return {"version": "2.1.0", "$schema": _SCHEMA, "runs": [{"tool": {"driver": driver}, "results": results}]}


def _results(audit: Audit) -> Iterator[dict[str, Any]]:
    reasons = {id(found): reason for found, reason in audit.excused}
    address = audit.document.address or quote(audit.document.name)
    for found in audit.comparisons:
        if not found.holds:
            line = found.place if audit.document.unit == "line" else 0
            result = _result(found.kind, _LEVELS[found.confidence], f"{found.message} ({found.arithmetic})", address, line)
            if reason := reasons.get(id(found)):
                result["suppressions"] = [{"kind": "external", "justification": reason}]
            yield result


def _result(kind: str, level: str, message: str, file: str, line: int) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": file}}
    if line:
        place["region"] = {"startLine": line}
    return {"ruleId": kind, "level": level, "message": {"text": message}, "locations": [{"physicalLocation": place}]}


def as_junit(audits: Sequence[Audit], idle: Sequence[Problem]) -> str:
    """Return audits as JUnit: a suite for each report, a case for each comparison; questions are told and fail nothing."""
    root = ElementTree.Element("testsuites", name="evidence audit")
    for audit in audits:
        cases = audit.comparisons
        counts = {"tests": len(cases), "failures": len(audit.alarms), "errors": 0, "skipped": len(audit.excused)}
        suite = ElementTree.SubElement(
            root, "testsuite", {"name": audit.document.name} | {name: str(count) for name, count in counts.items()}
        )
        reasons = {id(found): reason for found, reason in audit.excused}
        for found in cases:
            case = ElementTree.SubElement(
                suite, "testcase", classname=found.kind, name=f"{audit.document.unit} {found.place}: {_xml(found.arithmetic)}"
            )
            if id(found) in reasons:
                ElementTree.SubElement(case, "skipped", message=_xml(reasons[id(found)]))
            elif not found.holds and found.confidence is not Confidence.question:
                ElementTree.SubElement(case, "failure", message=_xml(found.message)).text = _xml(found.text)
            elif not found.holds:
                ElementTree.SubElement(case, "system-out").text = _xml(found.message)
    if idle:
        suite = ElementTree.SubElement(root, "testsuite", name="suppressions", tests=str(len(idle)), failures=str(len(idle)))
        for problem in idle:
            case = ElementTree.SubElement(suite, "testcase", classname="idle suppression", name=_xml(str(problem.place)))
            ElementTree.SubElement(case, "failure", message=_xml(problem.message))
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True)


def _xml(text: str) -> str:
    """Return a text without the characters that XML cannot hold."""
    return "".join(
        sign if sign in "\t\n" or (sign >= " " and not 0xD800 <= ord(sign) < 0xE000 and sign not in "\ufffe\uffff") else " "
        for sign in text
    )
