# Two commands do all the set-up: `make demo` and `make test`. Both need Python 3.11 or later and nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test lint bench fresh accuracy prices clean

demo: $(VENV)/.run
	$(BIN)/callboard browser --install || echo 'the sample board that needs a browser will be reported as failed'
	$(BIN)/callboard demo

test: $(VENV)/.dev
	$(BIN)/callboard browser --install
	$(BIN)/python -m pytest -n 2 --dist loadfile --cov --cov-report=term:skip-covered

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# `make bench BENCH="--only site --gigs 10000"` measures one part at another size; docs/bench.md says what is measured, and how.
bench: $(VENV)/.dev
	$(BIN)/python -m bench $(BENCH)

# Generated files, made anew: the tests fail when one is stale.
fresh: $(VENV)/.dev
	$(BIN)/callboard publish --metadata
	$(BIN)/python -m analysis.cli_reference > docs/commands.md

accuracy: $(VENV)/.dev
	$(BIN)/python -m analysis.accuracy

# Consumer prices as their publishers give them out, for real terms; a series that cannot be had is told and keeps its table.
prices: $(VENV)/.dev
	$(BIN)/pip install --quiet --disable-pip-version-check cpi
	$(BIN)/python -m analysis.make_cpi_table

$(VENV)/bin/pip:
	$(PYTHON) -c 'import sys; sys.exit("Callboard needs Python 3.11 or later; set PYTHON=python3.11" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.lock | $(VENV)/bin/pip
	[ -e $(VENV)/.dev ] || $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	PYTHONWARNINGS=ignore $(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.dev: requirements-dev.lock | $(VENV)/bin/pip
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	PYTHONWARNINGS=ignore $(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

# Locks name no registry; hashes are checked at install.
.PHONY: lock
lock: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header -q pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header -q pyproject.toml --extra dev -o requirements-dev.lock

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
