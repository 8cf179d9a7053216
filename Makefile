# make book: the site. make pdf: the book to print. make test: the proof. They set up .venv first and repair it when it is half-made.
# make lab: the chapters in JupyterLab. make review: git shows chapters as prose and cells, and checks a commit. Both set up .venv-lab.
SHELL := /bin/bash
.SHELLFLAGS := -o pipefail -c
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
LAB := .venv-lab
LAB_READY := $(LAB)/ready

.PHONY: book pdf test test-slow check lab lab-env review links lock format clean

book: $(READY)
	@$(BIN)/evidence check
	@$(BIN)/evidence build

# Needs Chromium; the site does not.
pdf: $(READY)
	@$(BIN)/evidence pdf

test: $(READY)
	@$(BIN)/python tests/run.py fast

test-slow: $(READY) $(LAB_READY)
	@$(BIN)/python tests/run.py slow

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
review: $(LAB_READY)
	@git config diff.jupyternotebook.command "$(CURDIR)/$(LAB)/bin/python $(CURDIR)/.lab/diff_chapter.py"
	@git config merge.jupyternotebook.driver "$(CURDIR)/$(LAB)/bin/git-nbmergedriver merge %O %A %B %L %P"
	@git config merge.jupyternotebook.name "jupyter notebook merge driver"
	@$(LAB)/bin/pre-commit install

# The links of the built site, those that leave it too. Needs the network.
links: $(LAB_READY)
	@$(LAB)/bin/linkchecker --config .lab/linkcheckerrc _build/html/index.html

# Both locks compiled anew from the direct dependencies. UPGRADE=--upgrade takes the newest packages they admit. Needs the network.
UPGRADE ?=
COMPILE := $(VENV)/lock/bin/uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 $(UPGRADE)
lock: $(READY)
	@$(BIN)/python -m venv $(VENV)/lock
	@$(VENV)/lock/bin/python -m pip install --quiet uv
	@$(COMPILE) --all-extras lib/pyproject.toml -o requirements.txt
	@$(COMPILE) .lab/requirements.in -o .lab/requirements.txt
	@echo "requirements.txt and .lab/requirements.txt are compiled; run make test"

# The stamp is written last and removed first, so that an interrupted installation is never taken for a whole one. An environment that cannot
# import what the book needs is made anew; one that can is brought up to the lock.
IMPORTS := import evidence.cli, jupyter_book, papermill, nbval, pandera, playwright, vl_convert
HALF_MADE := $(shell $(BIN)/python -c "$(IMPORTS)" >/dev/null 2>&1 || echo half-made)
COUNT := awk -v live="$(MAKE_TERMOUT)" '/^(Collecting|Requirement already)/ { ++n; if (live) { printf "\r  %d packages", n; fflush() } } \
  /^(Installing|ERROR|error)/ { printf "%s  %s\n", live ? "\n" : "", substr($$0, 1, 300) }'

$(READY): requirements.txt lib/pyproject.toml $(HALF_MADE)
	@rm -f $(READY)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Made Together needs Python 3.11 or newer; set PYTHON=/path/to/python")'
	@test -z "$(HALF_MADE)" || $(PYTHON) -m venv --clear $(VENV)
	@echo "installing packages into $(VENV) (a minute or two the first time)"
	@$(BIN)/python -m pip install --progress-bar off --disable-pip-version-check --require-hashes -r requirements.txt | $(COUNT)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e ./lib
	@touch $(READY)

.PHONY: half-made
half-made:

# The environment of authors and reviewers. Its only kernel is the book's own, so that a chapter runs here as it runs everywhere.
$(LAB_READY): .lab/requirements.txt | $(READY)
	@rm -f $(LAB_READY)
	@$(PYTHON) -m venv --clear $(LAB)
	@echo "installing JupyterLab and the tools of review into $(LAB)"
	@$(LAB)/bin/python -m pip install --progress-bar off --disable-pip-version-check --require-hashes -r .lab/requirements.txt | $(COUNT)
	@$(BIN)/python -m ipykernel install --prefix $(LAB) --name python3 --display-name "Python 3" >/dev/null 2>&1
	@touch $(LAB_READY)

clean:
	rm -rf _build
