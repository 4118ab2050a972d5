# make demo    the example outbreak, from records to tiers with reasons
# make test    every test
# The first of them makes the environment in .venv; another Python: make PYTHON=python3.12 demo

PYTHON ?= python3
# Tests run side by side in this many processes.
JOBS ?= 2
PYTEST_ARGS ?=

ENV := .venv
RUN := $(ENV)/bin/python
# Without setuptools' remarks about editable installs, which are meant for us.
PIP := PYTHONWARNINGS=ignore $(RUN) -m pip --disable-pip-version-check install --quiet --constraint requirements.lock
PACKAGING := setup.cfg pyproject.toml requirements.lock

.DEFAULT_GOAL := help
.PHONY: help demo test test-lowest test-newest coverage bench lint messages commands sources format clean distclean torture sbom wheel

help:
	@sed -n 's/^# //p' Makefile | head -n 3
	@echo 'also: make test-lowest, make test-newest, make coverage, make bench, make torture, make sbom, make wheel, make lint, make messages, make commands, make format, make clean, make distclean'

demo: $(ENV)/ready-to-run
	@$(ENV)/bin/truyvet demo

test: $(ENV)/ready-to-test
	@$(RUN) -m pytest -n $(JOBS) --dist loadgroup --no-loadscope-reorder $(PYTEST_ARGS)

# The quick tests with the lowest versions that setup.cfg allows, and with the newest there are.
test-lowest test-newest: test-%:
	@.ci/versions $*

# Which lines the quick tests of the rooms and of the command reach; the floor stands in setup.cfg.
coverage: $(ENV)/ready-to-test
	@$(RUN) -m coverage erase
	@$(RUN) -m coverage run -m pytest -n $(JOBS) --dist loadgroup -m 'not neo4j and not browser and not slow' \
	  $(or $(PYTEST_ARGS),tests/unit tests/cli)
	@$(RUN) -m coverage combine --quiet
	@$(RUN) -m coverage report

# Hostile files, random damage and kills, many times over, and ten minutes of a team at one server that is killed:
# TORTURE=50 takes about an hour.
TORTURE ?= 50
torture: $(ENV)/ready-to-test
	@TRUYVET_TORTURE=$(TORTURE) TRUYVET_TEAM=600 $(RUN) -m pytest -q tests/faults/test_hostile_files.py tests/faults/test_embedded_killed.py tests/faults/test_commands_killed.py tests/faults/test_neo4j_team.py $(PYTEST_ARGS)

# What the program is made of, with versions and licences (CycloneDX).
sbom: $(ENV)/ready-to-test
	@mkdir -p dist
	@$(RUN) tests/support/bill_of_materials.py > dist/truyvet.cdx.json
	@echo dist/truyvet.cdx.json

# The wheel; the same commit gives the same bytes.
wheel: $(ENV)/ready-to-test
	@SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) $(RUN) -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .
	@sha256sum dist/truyvet-*.whl

bench: $(ENV)/ready-to-test
	@$(RUN) tests/bench/run.py $(BENCH_ARGS)

lint: $(ENV)/ready-to-test
	@$(RUN) -m ruff check
	@$(RUN) -m ruff format --check
	@$(RUN) -m mypy
	@$(ENV)/bin/lint-imports

# Finds the texts in the code, merges them into the catalogues (*.po) and compiles those.
messages: $(ENV)/ready-to-test
	@$(RUN) tests/support/catalogues.py

# Writes docs/commands*.md from the commands.
commands: $(ENV)/ready-to-test
	@$(RUN) tests/support/command_reference.py

sources: $(ENV)/ready-to-test
	@$(RUN) tests/support/source_pages.py

format: $(ENV)/ready-to-test
	@$(RUN) -m ruff check --fix
	@$(RUN) -m ruff format

$(ENV)/made:
	@command -v $(PYTHON) >/dev/null || { \
	  echo "Truy Vết needs Python 3.11 or newer, and there is no '$(PYTHON)' here. Install it, or name another one: make PYTHON=/path/to/python3 ..." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Truy Vết needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) --version 2>&1). Install a newer one, or name it: make PYTHON=/path/to/python3 ..." >&2; exit 1; }
	@$(PYTHON) -m venv --clear $(ENV) || { \
	  echo "'$(PYTHON)' could not make an environment in $(ENV). On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@touch $@

# Built with the locked setuptools, so that nothing unlocked takes part.
$(ENV)/ready-to-run: $(ENV)/made $(PACKAGING)
	@echo 'Making the environment in $(ENV): once, about a minute.' >&2
	@$(PIP) setuptools
	@$(PIP) --no-build-isolation --editable .
	@touch $@

$(ENV)/ready-to-test: $(ENV)/ready-to-run
	@echo 'Adding what the tests need.' >&2
	@$(PIP) --no-build-isolation --editable '.[test,neo4j]'
	@touch $@

# Leaves the environment, the stores and the outputs alone.
clean:
	rm -rf build dist *.egg-info .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find tracing graph loaders cli notebooks tests -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

distclean: clean
	rm -rf $(ENV) .venv-lowest .venv-newest
