"""Pictures as small as they can be without a change: a drawing has few colours, so each of its points is the number of one."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

import numpy as np

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_LEVEL = 8
"""How hard points are compressed: the ninth level takes a tenth of the time of a whole build for a twentieth less."""
_MOST = 256
"""Colours that one byte can number."""
_TRUE, _INDEXED = 6, 3
"""How PNG calls points of four bytes, red, green, blue and opacity, and points that number a colour."""


def small(png: bytes) -> bytes:
    """Return a PNG of the same points with numbered colours; the same PNG where it has too many of them, or was written in another way.

    Args:
        png: As `vl_convert` writes it: points of four bytes, each line left as it is or told by what is left of a point.
    """
    parts = dict(_parts(png))
    width, height, depth, kind, *_, interlaced = struct.unpack(">IIBBBBB", parts[b"IHDR"])
    if (depth, kind, interlaced) != (8, _TRUE, 0):
        return png
    lines = np.frombuffer(zlib.decompress(parts[b"IDAT"]), np.uint8).reshape(height, 1 + 4 * width)
    if lines[:, 0].max() > 1:
        return png
    places, shown = _changes(lines, width)
    colours, numbers = np.unique(shown.view(">u4").ravel(), return_inverse=True)
    if len(colours) > _MOST:
        return png
    lengths = np.diff(places, append=height * width)
    return _indexed(colours, np.repeat(numbers.astype(np.uint8), lengths).reshape(height, width), parts)


def _changes(lines: np.ndarray, width: int) -> tuple[np.ndarray, np.ndarray]:
    """Return where along all lines a point begins a line or is of another colour than the one to its left, ascending, and its four bytes, a row each.

    Args:
        lines: Each line: a byte that is 1 where its points are told by how they differ from what is left of them, and 0 where as they are; its points.
        width: How many points a line has.
    """
    steps = lines[:, 1:].reshape(-1, width, 4).copy()
    whole = lines[:, 0] == 0
    steps[whole, 1:] -= steps[whole, :-1].copy()
    begins = steps.view(np.uint32).reshape(-1, width) != 0
    begins[:, 0] = True
    places = np.flatnonzero(begins)
    sums = np.cumsum(steps.reshape(-1, 4)[places], axis=0, dtype=np.uint8)
    first = np.flatnonzero(places % width == 0)
    before = np.vstack([np.zeros((1, 4), np.uint8), sums[first[1:] - 1]])
    return places, np.ascontiguousarray(sums - before[places // width])


def _parts(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the parts of a PNG by name, the points as one."""
    place, points = len(_SIGNATURE), b""
    while place < len(png):
        (length,) = struct.unpack_from(">I", png, place)
        name, content = png[place + 4 : place + 8], png[place + 8 : place + 8 + length]
        if name == b"IDAT":
            points += content
        else:
            yield name, content
        place += 12 + length
    yield b"IDAT", points


def _indexed(colours: np.ndarray, numbers: np.ndarray, parts: dict[bytes, bytes]) -> bytes:
    """Return a PNG by its colours, as one number each, and the number of the colour of each point."""
    height, width = numbers.shape
    each = colours.astype(">u4").view(np.uint8).reshape(-1, 4)
    lines = np.hstack([np.zeros((height, 1), np.uint8), numbers])
    made = {b"IHDR": struct.pack(">IIBBBBB", width, height, 8, _INDEXED, 0, 0, 0), b"PLTE": each[:, :3].tobytes()}
    made |= {b"tRNS": each[:, 3].tobytes()} if each[:, 3].min() < 255 else {}
    made |= {name: content for name, content in parts.items() if name not in {b"IHDR", b"IDAT", b"IEND"}}
    made |= {b"IDAT": zlib.compress(lines.tobytes(), _LEVEL), b"IEND": b""}
    return _SIGNATURE + b"".join(_part(name, content) for name, content in made.items())


def _part(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
