"""How much is installed: the size of the environment and of its largest packages, in megabytes on the disk."""

import sys
from pathlib import Path

LARGEST = 12


def size_mb(path):
    """Return the space that a file or folder takes on the disk in megabytes, links not followed."""
    files = [path, *path.rglob("*")] if path.is_dir() and not path.is_symlink() else [path]
    return sum(file.lstat().st_blocks * 512 for file in files) / 2**20


def main():
    """Print the sizes."""
    environment = Path(sys.prefix)
    packages = next(environment.glob("lib/python*/site-packages"))
    print(f"{size_mb(environment):,.0f} MB in {environment.name}")
    for package in sorted(packages.iterdir(), key=size_mb, reverse=True)[:LARGEST]:
        print(f"{size_mb(package):6,.0f} MB {package.name}")


if __name__ == "__main__":
    main()
