"""One test for a whole table: `every` tries each row, however many fail, and lists each that does by its name and with its reason."""

import functools
import inspect

import pytest

_FAILS = (Exception, pytest.fail.Exception, pytest.skip.Exception)
"""What ends a row: a skip too, for it would leave out the rows behind it."""
choose = None
"""Where whoever runs the tests wants other rows than all: returns, given how many there are, the numbers of those to try, the first that fails the last."""


def every(names, rows, ids=None):
    """Return a decorator that makes one test of the test of a row; what it is given is what `pytest.mark.parametrize` is given.

    All rows share the fixtures of the test, so a row must leave them as they were.

    Args:
        names: The arguments that a row fills, separated by commas.
        rows: A value for each row, or a tuple of values where there are several names; or what makes them when the test is run, for what takes
            long is not to be done where the test is only collected.
        ids: What a failure calls each row, or what makes such a name of a row; the row itself when left out.
    """
    rows, wanted = rows if callable(rows) else list(rows), names.split(",")

    def decorate(test):
        @functools.wraps(test)
        def whole(**fixtures):
            tried = list(rows() if callable(rows) else rows)
            labels = [ids(row) for row in tried] if callable(ids) else list(tried if ids is None else ids)
            tried = list(zip(labels, tried, strict=True))
            assert tried, "there is no row to try"
            failures = []
            for number in choose(len(tried)) if choose else range(len(tried)):
                label, row = tried[number]
                values = row if len(wanted) > 1 else (row,)
                try:
                    test(**dict(zip(wanted, values, strict=True)), **fixtures)
                except _FAILS as reason:
                    failures.append(f"{label}: {_told(reason)}")
                    if choose:
                        break
            if failures:
                pytest.fail(f"{len(failures)} of {len(tried)} fail\n" + "\n".join(failures), pytrace=False)

        signature = inspect.signature(test)
        whole.__signature__ = signature.replace(parameters=[given for name, given in signature.parameters.items() if name not in wanted])
        return whole

    return decorate


def _told(reason):
    """Return what an error says, and the line it comes from."""
    frame = inspect.getinnerframes(reason.__traceback__)[-1]
    return "\n    ".join([f"{type(reason).__name__} in {frame.function}, line {frame.lineno}", *str(reason).splitlines()])
