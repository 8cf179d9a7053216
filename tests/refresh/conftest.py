"""Fixtures of the tests of refresh: a producer with a newer release, and a library that asks it."""

import pytest
from stage import Producer, World, table


@pytest.fixture
def producer():
    made = Producer()
    made.release("2026-10-22")
    made.give("/pay.csv", table())
    yield made
    made.close()


@pytest.fixture
def world(tmp_path, producer):
    return World(tmp_path, producer)
