# Two commands do everything: `make audit` and `make test`. Both make their own environment.
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
PACKAGES := $(VENV)/.gongkai-packages
INSTALLED := $(VENV)/.gongkai-installed
TOOLS := $(VENV)/.gongkai-tools
export PYTHONDONTWRITEBYTECODE = 1

# An environment serves the Python that made it, at the place where it was made; its stamp says which these are.
MADE_BY := $(shell cat $(PACKAGES) 2>/dev/null)
PYTHON ?= $(or $(wildcard $(firstword $(MADE_BY))),python3)
ASKED := $(shell $(PYTHON) -c 'import os, sys; print(os.path.realpath(sys._base_executable), sys.version.split()[0])' 2>/dev/null || echo unfit) $(CURDIR)

.PHONY: audit test quick lint types contracts unit bench browser docs lock clean again

audit: $(INSTALLED) browser
	$(BIN)/gongkai demo

test: $(TOOLS) browser lint types contracts unit

# What can be known in two minutes: all but whole audits, the browser, and what is slow by its nature.
quick: $(TOOLS) lint types contracts
	$(PYTEST) -m "not (demo or audit or browser or slow)"

lint: $(TOOLS)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(TOOLS)
	$(BIN)/mypy

contracts: $(TOOLS)
	$(BIN)/lint-imports --no-cache

# Modules are handed out whole, the long ones first (tests/conftest.py): what a module shares is made once.
# One worker more than cores: audits wait for their servers now and then.
WORKERS ?= $(shell expr $$(nproc 2>/dev/null || echo 2) + 1)
PYTEST := $(BIN)/python -m pytest --numprocesses=$(WORKERS) --dist=loadscope --no-loadscope-reorder
unit: $(TOOLS)
	$(PYTEST)

bench: $(INSTALLED) browser
	$(BIN)/python benchmarks/run.py

docs: $(INSTALLED)
	$(BIN)/gongkai rules --format markdown > docs/rules.md
	$(BIN)/python -m plugins.kit.kinds_table > docs/kinds.md

# Made from the lock file; pip is used because every Python brings it. An environment is never mended but made anew: when a
# lock is younger than it, when another Python is asked for, and when its stamp is missing because something was broken off.
$(PACKAGES): requirements.lock $(if $(wildcard $(TOOLS)),requirements-dev.lock) $(if $(filter-out $(MADE_BY),$(ASKED)),again)
	$(PYTHON) -c 'import sys; sys.exit("gongkai needs Python 3.11 or newer, this is " + sys.version) if sys.version_info < (3, 11) else None'
	mv $(VENV) $(VENV).old 2>/dev/null; rm -rf $(VENV).old
	$(firstword $(ASKED)) -m venv $(VENV)
	$(PIP) --require-hashes --requirement requirements.lock
	echo '$(ASKED)' > $@

$(INSTALLED): $(PACKAGES) pyproject.toml
	$(PIP) --no-deps --no-build-isolation --editable .
	touch $@

# What only development needs comes on top. Meanwhile the environment has no stamp: half of the tools is no environment.
$(TOOLS): $(PACKAGES) requirements-dev.lock | $(INSTALLED)
	mv $(PACKAGES) $(PACKAGES).open
	$(PIP) --require-hashes --requirement requirements-dev.lock
	mv $(PACKAGES).open $(PACKAGES)
	touch $@

# Never fails: without a browser the checks that need one are left out, and the audit says so.
browser: $(INSTALLED)
	@$(BIN)/python -m crawler.browser.install

clean:
	rm -rf $(VENV) var .pytest_cache .mypy_cache .ruff_cache

# Pins every dependency with its hashes, what we run first of all to what we develop with; afterwards `make` renews the
# environment. `make lock UPGRADE=` keeps the versions that are pinned already.
UPGRADE ?= --upgrade
COMPILE := $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-emit-index-url --no-emit-find-links --no-annotate --quiet
lock: $(TOOLS)
	$(COMPILE) --group dev $(UPGRADE) --output-file requirements-dev.lock
	$(COMPILE) --group build --constraint requirements-dev.lock --output-file requirements.lock
