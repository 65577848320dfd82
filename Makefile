# Two commands do everything: `make audit` and `make test`. Both make their own environment.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.gongkai-installed
export PYTHONDONTWRITEBYTECODE = 1

.PHONY: audit test lint types contracts unit bench browser docs lock clean

audit: $(STAMP) browser
	$(BIN)/gongkai demo

test: $(STAMP) browser lint types contracts unit

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)
	$(BIN)/mypy

contracts: $(STAMP)
	$(BIN)/lint-imports --no-cache

unit: $(STAMP)
	$(BIN)/python -m pytest

bench: $(STAMP) browser
	$(BIN)/python benchmarks/run.py

docs: $(STAMP)
	$(BIN)/gongkai rules --format markdown > docs/rules.md
	$(BIN)/python -m plugins.kit.kinds_table > docs/kinds.md

# The environment is made from the lock file; pip is used because every Python brings it.
$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("gongkai needs Python 3.11 or newer, this is " + sys.version) if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

# Never fails: without a browser the checks that need one are left out, and the audit says so.
browser: $(STAMP)
	@$(BIN)/python -m crawler.browser.install

clean:
	rm -rf $(VENV) var .pytest_cache .mypy_cache .ruff_cache

# Pins every dependency with its hashes; afterwards `make test` renews the environment.
lock: $(STAMP)
	$(BIN)/uv pip compile pyproject.toml --group dev --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --universal --python-version 3.11 --upgrade --quiet --output-file requirements.lock
