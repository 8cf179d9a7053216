"""Look at an export, ask what it cannot tell, and write a draft of its codebook into a folder of the author's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from evidence.errors import SurveyError
from evidence.survey.looking.drafting import draft
from evidence.survey.looking.files import FileProfile, look_at
from evidence.survey.looking.questions import OPEN, Question, answered, questions, written
from evidence.writing import replace_file

QUESTIONS, CODEBOOK = "questions.toml", "codebook.toml"
_MARK = "# drafted by evidence ingest look: "


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at an export gives.

    Attributes:
        file: What the export is.
        asked: What it cannot tell, with the answers so far.
        codebook: The draft; empty when none was asked for.
    """

    file: FileProfile
    asked: list[Question]
    codebook: str = ""

    @property
    def open(self) -> list[Question]:
        """The questions that are not answered."""
        return [one for one in self.asked if one.given == OPEN]


def look(path: Path, into: Path | None, only: Iterable[str] = (), sheet: str = "") -> Look:
    """Return what an export is; with a folder, write the questions and a draft of its codebook there.

    Answers that stand in the folder are taken; a codebook there that somebody has edited is left alone.

    Args:
        path: The export.
        into: Folder for the draft; None to write nothing.
        only: Columns whose questions become figures; all when empty.
        sheet: Sheet of a workbook to look at; the widest when empty.

    Raises:
        SurveyError: If the export cannot be read, or an answer fits no question.
        WriteError: If the draft was edited by hand, or cannot be written.
    """
    found = look_at(path, sheet)
    asked = questions(found)
    if into is None:
        return Look(found, asked)
    if into.exists() and not into.is_dir():
        raise SurveyError(f"{into}: is no folder. Give a folder with --into.")
    into.mkdir(parents=True, exist_ok=True)
    if (into / QUESTIONS).exists():
        asked = answered(asked, into / QUESTIONS)
    text = draft(found, asked, only)
    replace_file(into / CODEBOOK, marked(text), is_ours)
    replace_file(into / QUESTIONS, written(asked))
    return Look(found, asked, text)


def marked(text: str) -> str:
    """Return a draft with a first line by which it is known whether somebody has edited it since."""
    return f"{_MARK}{sha256(text.encode()).hexdigest()[:16]}\n{text}"


def is_ours(content: bytes) -> bool:
    """Return whether a file is a draft as it was written."""
    head, _, text = content.decode(errors="replace").partition("\n")
    return head == f"{_MARK}{sha256(text.encode()).hexdigest()[:16]}"
