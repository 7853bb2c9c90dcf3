# Leerspoor: `make run` starts everything on this machine, `make test` checks everything that needs no server.
# Needs Python 3.11 or newer and make; everything else is installed into .venv.

SHELL := /bin/sh
VENV ?= .venv
BIN := $(VENV)/bin
CONSTRAINTS := deploy/constraints.txt
# The first interpreter that runs and is new enough; name another with `make PYTHON=/path/to/python3`.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

.DEFAULT_GOAL := help
.PHONY: help run test lint test-services test-duckdb15 soak conformance bench clean

help: ## what there is to make
	@grep -E '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9-]+):.*## /\1\t/' | expand -t 18

run: $(VENV)/.run ## start the LRS, the projector and the published tables; Ctrl-C stops
	@$(BIN)/lrs up

test: lint ## the fast ring: lint, types, import contracts, tests without any server
	$(BIN)/python -m pytest -n auto --dist loadfile -m "not services and not benchmark"

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/sqlfluff lint -q projections

# Servers: those that LRS_TEST_POSTGRES and LRS_TEST_KAFKA name, else the machine's own programs, else containers.
test-services: $(VENV)/.dev ## the services ring: processes, PostgreSQL, clients (node, npm), a browser (chromium), readers (java, mvn)
	@$(BIN)/python -m pip install -q --disable-pip-version-check -c $(CONSTRAINTS) -e '.[examples]'
	$(BIN)/python -m pytest -n 2 --dist loadfile -m services

soak: $(VENV)/.dev ## ten minutes of kills, pauses, restarts, full disks and clock steps: LRS_SOAK_SECONDS, LRS_SOAK_SEED
	LRS_SOAK_SECONDS=$${LRS_SOAK_SECONDS:-600} $(BIN)/python -m pytest -s -m services tests/faults

test-duckdb15: ## the fast ring's tests on DuckDB 1.5
	@$(MAKE) VENV=.venv-duckdb15 .venv-duckdb15/.dev
	.venv-duckdb15/bin/pip install -q 'duckdb>=1.5.5,<1.6'
	.venv-duckdb15/bin/python -m pytest -n auto --dist loadfile -m "not services and not benchmark" tests/projections tests/worked_example

conformance: $(VENV)/.dev ## ADL's conformance suite in both versions: make conformance LRS_ADL_SUITE=folder [ON=postgresql]
	@$(BIN)/python -m tests.conformance.run $(ON)

bench: $(VENV)/.dev ## benchmarks: ratios measured in one run
	$(BIN)/python -m pytest -m benchmark -s tests/benchmarks

clean: ## remove what was built; data stays
	rm -rf $(VENV) .venv-duckdb15 .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Leerspoor needs Python 3.11 or newer; none was found. Name one: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "$(PYTHON) cannot make an environment: install its venv module (Debian: apt install python3-venv)" >&2; rm -rf $(VENV); exit 1; }

$(VENV)/.run: $(BIN)/python pyproject.toml $(CONSTRAINTS)
	@echo "installing into $(VENV) ..."
	@$(BIN)/python -m pip install -q --disable-pip-version-check -c $(CONSTRAINTS) -e .
	@touch $@

$(VENV)/.dev: $(BIN)/python pyproject.toml $(CONSTRAINTS)
	@echo "installing into $(VENV) with what the tests need ..."
	@$(BIN)/python -m pip install -q --disable-pip-version-check -c $(CONSTRAINTS) -e '.[dev]'
	@touch $@ $(VENV)/.run
