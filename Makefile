# make book: the site. make pdf: the book to print. make test: the proof. They set up .venv first and repair it when it is half-made.
SHELL := /bin/bash
.SHELLFLAGS := -o pipefail -c
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready

.PHONY: book pdf test test-slow check lock format clean

book: $(READY)
	@$(BIN)/evidence check
	@$(BIN)/evidence build

# Needs Chromium; the site does not.
pdf: $(READY)
	@$(BIN)/evidence pdf

test: $(READY)
	@$(BIN)/python tests/run.py fast

test-slow: $(READY)
	@$(BIN)/python tests/run.py slow

check: $(READY)
	@$(BIN)/evidence check

format: $(READY)
	@$(BIN)/ruff format lib tests
	@$(BIN)/ruff check --fix lib tests

# Packages newer than the lock, compiled anew from the direct dependencies. Needs the network.
lock: $(READY)
	@$(BIN)/python -m venv $(VENV)/lock
	@$(VENV)/lock/bin/python -m pip install --quiet uv
	@$(VENV)/lock/bin/uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 \
	  --extra survey lib/pyproject.toml -o requirements.txt
	@echo "requirements.txt is compiled; run make test"

# The stamp is written last and removed first, so that an interrupted installation is never taken for a whole one. An environment that cannot
# import what the book needs is made anew; one that can is brought up to the lock.
IMPORTS := import evidence.cli, jupyter_book, papermill, nbval, pandera, playwright, vl_convert
HALF_MADE := $(shell $(BIN)/python -c "$(IMPORTS)" >/dev/null 2>&1 || echo half-made)
COUNT := awk '/^(Collecting|Requirement already)/ { printf "\r  %d packages", ++n; fflush() } /^(Installing|ERROR|error)/ { printf "\n%s\n", substr($$0, 1, 300) }'

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

clean:
	rm -rf _build
