"""The register of proofs that a published site shows: who has proved which edition, and when. It proves nothing by itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from evidence.catalog.characters import misleading
from evidence.editions.sceptic.site_proof import SiteProof
from evidence.errors import EditionError
from evidence.ledger.archive import PROOFS
from evidence.parsing import parse_json
from evidence.problems import Place, Problem
from evidence.writing import replace_file

_LONGEST = 120


def enter(proof: SiteProof, file: Path, by: str, day: str) -> None:
    """Enter a proof into a register, in the place of an earlier one of the same edition by the same.

    Args:
        proof: What was proved, without a difference.
        file: The register; made where there is none.
        by: Who has proved it, for readers.
        day: When, ISO.

    Raises:
        EditionError: If the register is damaged, or `by` cannot be shown to readers.
    """
    if not by.strip() or len(by) > _LONGEST or misleading(by):
        raise EditionError(
            f"--by: {misleading(by) or 'nobody is named' if len(by) <= _LONGEST else 'too long'}. Say who has proved it, in words."
        )
    proofs = [entry for entry in _read(file) if (entry.get("edition"), entry.get("by")) != (proof.edition, by)]
    proofs.append({"edition": proof.edition, "day": day, "by": by, "files": proof.agreeing, "digest": proof.digest})
    replace_file(file, json.dumps(proofs, ensure_ascii=False, indent=1) + "\n")


def _read(file: Path) -> list[dict[str, Any]]:
    if not file.exists():
        return []
    try:
        proofs: list[dict[str, Any]] = parse_json(file.read_bytes())
        if not isinstance(proofs, list) or not all(isinstance(entry, dict) for entry in proofs):
            raise ValueError("no list of proofs")
    except ValueError as error:
        raise EditionError(
            Problem(Place(str(file)), f"damaged: {error}.", f"Put back the {PROOFS} of an earlier day, or delete it.")
        ) from None
    return proofs
