# The front door. `make` alone says what there is.

VENV ?= .venv
PORT ?= 8000
# How many processes run tests; a browser and a database server run beside each.
JOBS ?= 2
PYTEST_ARGS ?=
# Such as --quick, or one of: weight phone memory submissions results audit.
BENCH_ARGS ?=
BIN := $(VENV)/bin
IS_NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for python in python3.11 python3 python3.12 python3.13 python3.14; do \
	$$python -c '$(IS_NEW_ENOUGH)' 2>/dev/null && echo $$python && break; done)
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --use-pep517
SOURCE := feedback_app surveys analysis migrations wsgi.py tests

.PHONY: help run test quick lint types fmt browser browser-kill audit bench coverage translations lock hooks clean
.DEFAULT_GOAL := help

help:
	@echo "make run       set up and serve the demonstration at http://127.0.0.1:$(PORT)"
	@echo "make test      set up what tests need and run every check"
	@echo
	@echo "make quick     the tests that need neither a browser nor PostgreSQL nor much time"
	@echo "make browser   the tests in Chromium"
	@echo "make browser-kill  kill a phone in the middle of 240 submissions, and see what is stored"
	@echo "make audit     try to infer what thousands of random releases withhold (RELEASES=2000 of each kind)"
	@echo "make bench     measure how much the application bears"
	@echo "make contact-sheet   photograph what young people see into build/contact-sheet, to be looked at"
	@echo "make fmt       put the code in its form"
	@echo "make lint      ruff and the import contracts"
	@echo "make types     mypy"
	@echo "make translations   bring every language up to date with the texts of pages and surveys"
	@echo "make coverage  every test, and which lines and branches none of them reached"
	@echo "make lock      pin the dependencies again (needs uv; UPGRADE=1 takes newer ones)"
	@echo "make hooks     let git run the quick checks before each commit"
	@echo "make clean     remove the virtual environment and caches; the instance folder stays"

run: $(VENV)/.run
	$(BIN)/heard demo --port $(PORT)

test: $(VENV)/.dev
	@scripts/ensure-chromium
	$(MAKE) --no-print-directory lint types
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal $(PYTEST_ARGS)

quick: $(VENV)/.dev
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal -m "not browser and not postgres and not slow" $(PYTEST_ARGS)

browser: $(VENV)/.dev
	@scripts/ensure-chromium
	$(BIN)/python -m pytest -m browser $(PYTEST_ARGS)

browser-kill: $(VENV)/.dev
	@scripts/ensure-chromium
	HEARD_TEST_LIVES=4 $(BIN)/python -m pytest tests/browser/test_killing.py --log-cli-level=INFO $(PYTEST_ARGS)

audit: $(VENV)/.dev
	HEARD_TEST_RELEASES=$(or $(RELEASES),2000) $(BIN)/python -m pytest tests/analysis/audit/test_random_releases.py $(PYTEST_ARGS)

bench: $(VENV)/.dev
	$(BIN)/python -m tests.bench $(BENCH_ARGS)

contact-sheet: $(VENV)/.dev
	@scripts/ensure-chromium
	$(BIN)/python -m tests.contact_sheet build/contact-sheet

coverage: $(VENV)/.dev
	@scripts/ensure-chromium
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal --cov --cov-report=term --cov-report=html $(PYTEST_ARGS)

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-logo

types: $(VENV)/.dev
	$(BIN)/mypy

fmt: $(VENV)/.dev
	$(BIN)/ruff check --fix-only --exit-zero .
	$(BIN)/ruff format .

hooks: $(VENV)/.dev
	$(BIN)/pre-commit install

translations: $(VENV)/.dev
	$(BIN)/heard translations update

UV_COMPILE = UV_CUSTOM_COMPILE_COMMAND="make lock" uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-annotate $(if $(UPGRADE),--upgrade) --group build
lock:
	@command -v uv >/dev/null || { echo "make lock needs uv: python3 -m pip install uv"; exit 1; }
	$(UV_COMPILE) pyproject.toml -o requirements.lock
	$(UV_COMPILE) --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock

clean:
	rm -rf $(VENV) build htmlcov .coverage .coverage.* .mypy_cache .pytest_cache .ruff_cache \
		.import_linter_cache .hypothesis *.egg-info
	find $(filter-out wsgi.py,$(SOURCE)) -name __pycache__ -type d -prune -exec rm -rf {} +

# Stamps: what is installed is installed again only when its lock, or how the project is built, has changed.
$(VENV)/.made:
	@test -n "$(PYTHON)" || { echo "Heard needs Python 3.11 or newer, and none was found: install it, or name it with make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c '$(IS_NEW_ENOUGH)' || { echo "Heard needs Python 3.11 or newer; $(PYTHON) is older or does not run"; exit 1; }
	@echo "Making a virtual environment in $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv --clear $(VENV) || { rm -rf $(VENV); echo "The virtual environment could not be made; on Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@touch $@

$(VENV)/.run: requirements.lock pyproject.toml | $(VENV)/.made
	@echo "Installing what Heard runs on (requirements.lock); this takes a minute or two the first time"
	@$(PIP_INSTALL) --require-hashes -r requirements.lock
	@$(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml | $(VENV)/.made
	@echo "Installing what Heard and its tests run on (requirements-dev.lock); this takes a minute or two the first time"
	@$(PIP_INSTALL) --require-hashes -r requirements-dev.lock
	@$(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@
