# make book: the site. make pdf: the book to print. make test: the proof. They set up .venv first and repair it when it is half-made.
# make extras: what few need, in .venv too: survey, cluster, browser and types, each also by its own name.
# make lab: the chapters in JupyterLab. make review: git shows chapters as prose and cells, and checks a commit. Both set up .venv-lab.
SHELL := /bin/bash
.SHELLFLAGS := -o pipefail -c
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
LAB := .venv-lab
LAB_READY := $(LAB)/ready

EXTRAS := survey cluster browser types

.PHONY: setup merging book pdf test test-extras test-slow test-rest test-weekly fuzz mutants coverage check extras $(EXTRAS) lab lab-env review links lock format clean

setup: $(READY) merging

# So that git merges the chapters of two authors cell by cell; writes into .git only, and nothing where there is none.
merging: $(READY)
	@! git rev-parse --git-dir >/dev/null 2>&1 || git config merge.jupyternotebook.driver "'$(CURDIR)/$(BIN)/evidence' merge --driver %O %A %B -- %P"
	@! git rev-parse --git-dir >/dev/null 2>&1 || git config merge.jupyternotebook.name "evidence merge: chapters cell by cell"

book: $(READY) merging
	@$(BIN)/evidence build

# Needs Chromium; the site does not.
pdf: browser
	@$(BIN)/evidence pdf

# What is not installed is not tried, and named at the end; EVERYTHING=1 makes it red, but for the needs that WITHOUT="texts producers bulletins" names.
test: $(READY)
	@$(BIN)/python tests/run.py fast

# Of make test what a base without anything beside it could not try, and no more.
test-extras: $(READY)
	@$(BIN)/python tests/run.py extras

test-slow: extras $(LAB_READY)
	@$(BIN)/python tests/run.py slow

# Both in one run: everything that make test leaves out, which .ci/run tries after it.
test-rest: extras $(LAB_READY)
	@$(BIN)/python tests/run.py rest

# What need not be measured at each push.
test-weekly: extras
	@$(BIN)/python tests/run.py weekly

# Small mistakes made in the code, one at a time: which of them does no test notice? ONLY="claims statements/holding.py" tries those alone,
# SAMPLE=40 so many of each room.
mutants: $(READY)
	@$(BIN)/python tests/mutants.py $(ONLY) $(if $(SAMPLE),--sample $(SAMPLE))

# Hostile inputs to every entry, in one process and through the command: nothing may fall over, hang, be lost or be written elsewhere. Another
# SEED makes other inputs; what is found becomes a line of tests/fuzz/finds.py.
fuzz: $(READY)
	@PYTHONPATH=tests:tests/fuzz $(BIN)/python tests/fuzz/trying.py $(or $(TIMES),20000) $(or $(SEED),0)
	@FUZZED_COMMANDS=$(or $(COMMANDS),500) $(BIN)/python tests/needs.py -q -p no:cacheprovider tests/fuzz -k commands

# Which branches of the library does no step of make test take? What is left out stands in lib/pyproject.toml, with its reason. TESTS="tests/unit"
# runs those alone. nbval kills its kernels, which then tell nothing: what chapters run is told where our own engine runs them.
MEASURED := $(BIN)/python -m coverage run --rcfile lib/pyproject.toml
coverage: extras
	@rm -rf _build/coverage && mkdir -p _build/coverage
	@$(MEASURED) $(if $(TESTS),tests/needs.py -q -p no:cacheprovider -m "not slow" $(TESTS),tests/run.py fast)
	@$(if $(TESTS),,$(MEASURED) -m evidence.cli record --check)
	@$(BIN)/python -m coverage combine -q --rcfile lib/pyproject.toml
	@$(BIN)/python -m coverage report --rcfile lib/pyproject.toml

check: $(READY)
	@$(BIN)/evidence check

format: $(READY)
	@$(BIN)/ruff format lib tests
	@$(BIN)/ruff check --fix lib tests

# Chapters of this repository are trusted, or their charts would be blank until they are run: make has run the repository's code anyway.
lab: $(LAB_READY)
	@$(LAB)/bin/jupyter trust chapters/*.ipynb >/dev/null
	@$(LAB)/bin/jupyter lab --config .lab/jupyter_lab_config.py

lab-env: $(LAB_READY)

# Writes into .git only. Absolute paths, because the environment is not on the path of git.
review: $(LAB_READY) merging
	@git config diff.jupyternotebook.command "$(CURDIR)/$(LAB)/bin/python $(CURDIR)/.lab/diff_chapter.py"
	@$(LAB)/bin/pre-commit install

# The links of the built site, those that leave it too. Needs the network.
links: $(LAB_READY)
	@$(LAB)/bin/linkchecker --config .lab/linkcheckerrc _build/html/index.html

# All locks compiled anew from the direct dependencies: the base, each extra pinned to it, and the authors' environment. UPGRADE=--upgrade takes
# the newest packages they admit. Needs the network. A package that would have to be compiled is refused for each Python we name.
UPGRADE ?=
UV := _build/lock/bin/uv pip compile --quiet --no-header --only-binary :all:
COMPILE := $(UV) --universal --generate-hashes --python-version 3.11 $(UPGRADE)
EXTRA := 'import sys, tomllib; print(*tomllib.load(open("lib/pyproject.toml", "rb"))["project"]["optional-dependencies"][sys.argv[1]], sep="\n")'
lock:
	@$(PYTHON) -m venv _build/lock
	@_build/lock/bin/python -m pip install --quiet uv
	@$(COMPILE) lib/pyproject.toml -o requirements.txt
	@for extra in $(EXTRAS); do $(PYTHON) -c $(EXTRA) $$extra | \
	  $(COMPILE) --constraint requirements.txt - -o lib/requirements/$$extra.txt || exit 1; done
	@$(COMPILE) .lab/requirements.in -o .lab/requirements.txt
	@for python in 3.11 3.12 3.13; do for lock in requirements.txt $(EXTRAS:%=lib/requirements/%.txt); do \
	  $(UV) --no-deps --python-version $$python --python-platform x86_64-manylinux_2_28 $$lock >/dev/null || exit 1; done; done
	@echo "requirements.txt, lib/requirements/ and .lab/requirements.txt are compiled, with a wheel of each package for Python 3.11 to 3.13; run make test"

# The stamp is written last and removed first, so that an interrupted installation is never taken for a whole one. An environment that cannot
# import what the book needs is made anew; one that can is brought up to the lock. A mistake in our own code is no reason to install anything.
IMPORTS := import evidence, jupyter_book, papermill, nbval, vl_convert
HALF_MADE := $(shell $(BIN)/python -c "$(IMPORTS)" >/dev/null 2>&1 || echo half-made)
FROM_LOCK := -m pip install --disable-pip-version-check --progress-bar off --only-binary :all: --require-hashes
COUNT := awk -v live="$(MAKE_TERMOUT)" '/^(Collecting|Requirement already)/ { ++n; if (live) { printf "\r  %d packages", n; fflush() } } \
  /^(Installing|ERROR|error)/ { printf "%s  %s\n", live ? "\n" : "", substr($$0, 1, 300) }'

$(READY): requirements.txt lib/pyproject.toml $(HALF_MADE)
	@rm -f $(READY)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; set PYTHON=/path/to/python")'
	@test -z "$(HALF_MADE)" || $(PYTHON) -m venv --clear $(VENV)
	@echo "installing packages into $(VENV) (a minute or two the first time)"
	@$(BIN)/python $(FROM_LOCK) -r requirements.txt | $(COUNT)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e ./lib
	@touch $(READY)

.PHONY: half-made
half-made:

extras: $(EXTRAS)

$(EXTRAS): %: $(VENV)/with-%

$(EXTRAS:%=$(VENV)/with-%): $(VENV)/with-%: lib/requirements/%.txt $(READY)
	@echo "installing the extra $* into $(VENV)"
	@$(BIN)/python $(FROM_LOCK) -r $< | $(COUNT)
	@touch $@

# The environment of authors and reviewers. Its only kernel is the book's own, so that a chapter runs here as it runs everywhere.
$(LAB_READY): .lab/requirements.txt | $(READY)
	@rm -f $(LAB_READY)
	@$(PYTHON) -m venv --clear $(LAB)
	@echo "installing JupyterLab and the tools of review into $(LAB)"
	@$(LAB)/bin/python $(FROM_LOCK) -r .lab/requirements.txt | $(COUNT)
	@$(BIN)/python -m ipykernel install --prefix $(LAB) --name python3 --display-name "Python 3" >/dev/null 2>&1
	@touch $(LAB_READY)

clean:
	rm -rf _build
