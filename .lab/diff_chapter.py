"""Show what changed in a chapter as prose, code and numbers: git calls this for `git diff` once `make review` has said so.

Outputs are compared as plain text, which every table and chart of the book has; nbdime would otherwise print the whole of a picture whose data moved.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path


def plain(text):
    """Return a notebook whose outputs have no other form than plain text."""
    notebook = json.loads(text)
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            if "data" in output:
                output["data"] = {mime: value for mime, value in output["data"].items() if mime == "text/plain"}
    return json.dumps(notebook)


def main(path, old, _old_hash, _old_mode, new, *_new):
    """Print the difference of two versions of a notebook; the arguments are those git gives to a command that shows differences."""
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for side, file in (("a", old), ("b", new)):
            if file == os.devnull:
                names.append(file)
                continue
            copy = Path(folder, side, path)
            copy.parent.mkdir(parents=True)
            copy.write_text(plain(Path(file).read_text(encoding="utf-8")), encoding="utf-8")
            names.append(f"{side}/{path}")
        sys.stdout.flush()
        done = subprocess.run([sys.executable, "-m", "nbdime.nbdiffapp", *names], cwd=folder, check=False)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
