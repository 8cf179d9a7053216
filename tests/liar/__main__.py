"""Tell every lie and print what became of each kind: `python tests/liar`, with `--survivors` those that no rule found out, each with the rule to mend."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]


def main(survivors):
    """Run the tests of this folder, then print the table of all kinds."""
    import pytest
    from lies import TOLD

    done = pytest.main(["-q", "-p", "needs", "-p", "no:cacheprovider", str(HERE)])
    for lies in sorted((lies for lies in TOLD if lies.told), key=lambda lies: lies.share):
        print(lies.report() if survivors else lies.line())
    return done


if __name__ == "__main__":
    sys.exit(main("--survivors" in sys.argv[1:]))
