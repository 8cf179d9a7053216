"""JSON, YAML, TOML and Python as others wrote them: what they hold, or a `ValueError` that says why not, whatever is in them."""

from __future__ import annotations

import ast
import json
import math
import re
import tomllib
from typing import Any

from evidence.problems import shortened

_MOST = 1_000_000
"""Values a YAML file may hold; its aliases can make any number of them out of a few bytes, or one that holds itself."""

_HALF = re.compile(r"\\u[dD][89a-fA-F]")
"""How JSON writes half of a character; two halves that belong together are one."""


def parse_json(content: str | bytes) -> Any:
    r"""Return what JSON in UTF-8 holds.

    Raises:
        ValueError: If it is none, nested too deep, or holds text that no file or a number that nothing can hold; `json.JSONDecodeError` where it
            breaks off.

    Example:
        >>> parse_json('{"a": [1]}')
        {'a': [1]}
        >>> parse_json("[" * 90_000)
        Traceback (most recent call last):
        ...
        ValueError: nested too deep
    """
    text = content if isinstance(content, str) else content.decode()
    try:
        found = json.loads(text, parse_float=_finite, parse_constant=_finite)
        if _HALF.search(text):
            json.dumps(found, ensure_ascii=False).encode()
    except RecursionError:
        raise ValueError("nested too deep") from None
    return found


def parse_python(code: str) -> ast.Module:
    """Return the syntax of code.

    Raises:
        SyntaxError: If it is no Python, or nested too deep.

    Example:
        >>> parse_python("-" * 100_000 + "1")
        Traceback (most recent call last):
        ...
        SyntaxError: nested too deep
    """
    try:
        return ast.parse(code)
    except (RecursionError, MemoryError):
        raise SyntaxError("nested too deep") from None
    except ValueError as error:
        raise SyntaxError(str(error)) from None


def _finite(number: str) -> float:
    if math.isinf(found := float(number)):
        raise ValueError(f"{shortened(number)} is too large for a number")
    return found


def parse_yaml(text: str) -> Any:
    r"""Return what YAML holds.

    Raises:
        ValueError: If it is none, nested too deep, holds text that no file can hold, or far more values than it has bytes.

    Example:
        >>> parse_yaml("a: [1]")
        {'a': [1]}
        >>> parse_yaml("&a [*a]")
        Traceback (most recent call last):
        ...
        ValueError: its aliases make too many values of it, or one that holds itself
    """
    import yaml  # only here, for most commands read none

    try:
        found = yaml.safe_load(text)
    except RecursionError:
        raise ValueError("nested too deep") from None
    except (yaml.YAMLError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:  # a value that is not of its tag
        raise ValueError(shortened(" ".join(str(error).split()))) from None
    _countable(found)
    return found


def _countable(found: Any) -> None:
    left, held = _MOST, [found]
    while held:
        value = held.pop()
        if (left := left - 1) < 0:
            raise ValueError("its aliases make too many values of it, or one that holds itself")
        if isinstance(value, dict):
            held += [*value, *value.values()]
        elif isinstance(value, (list, tuple, set)):
            held += value
        elif isinstance(value, str):
            value.encode()


def parse_toml(text: str) -> dict[str, Any]:
    """Return what TOML holds.

    Raises:
        ValueError: If it is none, or nested too deep.

    Example:
        >>> parse_toml("a = [1]")
        {'a': [1]}
    """
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ValueError("nested too deep") from None
