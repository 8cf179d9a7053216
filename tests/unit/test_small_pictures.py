"""Pictures made small: put a test here for one whose points are others afterwards, or that stays large."""

import struct
import zlib

import pytest
import vl_convert

from evidence.charts.pictures import small


def points(png):
    """Return the points of a PNG as red, green, blue and opacity, read step by step as its standard says (https://www.w3.org/TR/png-3/)."""
    place, parts = 8, {}
    while place < len(png):
        (length,) = struct.unpack_from(">I", png, place)
        name, content = png[place + 4 : place + 8], png[place + 8 : place + 8 + length]
        assert struct.unpack_from(">I", png, place + 8 + length) == (zlib.crc32(name + content),)
        parts[name] = parts.get(name, b"") + content
        place += 12 + length
    width, height, depth, kind = struct.unpack(">IIBB", parts[b"IHDR"][:10])
    assert depth == 8
    size = {6: 4, 3: 1}[kind]
    lines, found = zlib.decompress(parts[b"IDAT"]), []
    for row in range(height):
        how, *line = lines[row * (1 + width * size) : (row + 1) * (1 + width * size)]
        assert how in (0, 1)
        for at in range(size, len(line) if how else 0):
            line[at] = (line[at] + line[at - size]) % 256
        found += [tuple(line[at : at + size]) for at in range(0, len(line), size)]
    if kind == 6:
        return (width, height), found
    colours, opacity = parts[b"PLTE"], parts.get(b"tRNS", b"") + b"\xff" * 256
    return (width, height), [(*colours[3 * number : 3 * number + 3], opacity[number]) for (number,) in found]


DRAWN = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40"><rect width="{}" height="40" fill="#0b5f85"/><circle cx="60" cy="20" r="15"/></svg>'


@pytest.mark.parametrize("width", [90, 50], ids=["on a ground", "on nothing"])
def test_a_small_picture_has_the_same_points(width):
    large = bytes(vl_convert.svg_to_png(DRAWN.format(width)))
    assert points(small(large)) == points(large)
    assert len(small(large)) < len(large)
    assert small(small(large)) == small(large)


def test_a_picture_of_too_many_colours_stays_as_it_is():
    stops = '<linearGradient id="g"><stop stop-color="#f00"/><stop offset="1" stop-color="#00f"/></linearGradient>'
    large = bytes(
        vl_convert.svg_to_png(DRAWN.format(90).replace("<rect", f'{stops}<rect width="90" height="9" fill="url(#g)"/><rect y="9"'), scale=6)
    )
    assert len(set(points(large)[1])) > 256
    assert small(large) == large
