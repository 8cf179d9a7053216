"""The records of an edition in parts: cut where what stands there says so, so that a change of few records leaves all other parts as they were."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator, Mapping

_SCRIPT = re.compile(r"(?:globalThis|window)\.(\w+) = (\{.*\});\n", re.DOTALL)
_ENDS = re.compile(r"[}\]],")
"""Where a record may end."""
_NAMING = re.compile(r"\] = (\{.*\});\n")
_BEFORE = 24
"""Characters before such an end that decide whether a part ends there."""
_ONE_IN = 12
"""About as many records are in a part; fewer would make more files, more would take more along with each change."""
_LONGEST = 12_000
"""Characters after which a part ends wherever a record does."""


def cut(script: str) -> tuple[str, list[str]]:
    r"""Return the name that a script gives to records, and these as JSON in parts; no parts where it is no such script.

    Example:
        >>> cut('globalThis.all = {"a":1};\n')
        ('all', ['{"a":1}'])
    """
    found = _SCRIPT.fullmatch(script)
    return (found[1], list(_parts(found[2]))) if found else ("", [])


def _parts(text: str) -> Iterator[str]:
    start = 0
    for end in (found.end() for found in _ENDS.finditer(text)):
        if end - start > _LONGEST or zlib.crc32(text[max(end - _BEFORE, start) : end].encode()) % _ONE_IN == 0:
            yield text[start:end]
            start = end
    yield text[start:]


def part_script(text: str) -> str:
    r"""Return the script of a part, which names itself by its file, whatever that is called.

    Example:
        >>> print(part_script("it's"), end="")
        (globalThis.evidenceParts ??= {})[document.currentScript.src.split("/").pop()] = 'it\'s';
    """
    quoted = text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n").replace("\r", "\\r")
    return f"""(globalThis.evidenceParts ??= {{}})[document.currentScript.src.split("/").pop()] = '{quoted}';\n"""


def text_of(parts: Mapping[str, bytes]) -> str:
    r"""Return the text of which some scripts are the parts.

    Example:
        >>> print(text_of({"a.js": part_script("it's \\ {").encode(), "b.js": part_script("}").encode()}))
        it's \ {}
    """
    return "".join(_text(script.decode()) for script in parts.values())


def _text(script: str) -> str:
    quoted = script.partition(" = '")[2].removesuffix("';\n")
    return re.sub(r"\\(.)", lambda found: {"n": "\n", "r": "\r"}.get(found[1], found[1]), quoted, flags=re.DOTALL)


def parts_of(script: str) -> list[str]:
    """Return what the parts of records are called, by the script that names them, without what is other in those than in these; none where it names none."""
    found = _NAMING.search(script)
    told = json.loads(found[1]) if found else {"parts": []}
    return [str(part).rpartition("/")[2] for part in told["parts"][: -1 if told.get("changes") else None]]


def naming_script(name: str, records: str, addresses: list[str], *, changed: bool = False) -> str:
    """Return the script that stands where all records stood, and names the parts of them.

    Args:
        name: Name of the file.
        records: Name that the records have for scripts.
        addresses: Where the parts are, in their order, seen from the file.
        changed: Whether the last of them says what is other in these records than in those before it.
    """
    told = {"as": records, "parts": addresses, **({"changes": True} if changed else {})}
    return f"(globalThis.evidenceApart ??= {{}})[{json.dumps(name)}] = {json.dumps(told)};\n"
