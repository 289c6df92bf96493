# Needs Python 3.11 or later with venv, and nothing else.
PYTHON ?= python3
BIN := .venv/bin
WORKERS ?= 2

.PHONY: help run test test-sqlite test-postgresql contract check bench lock revision clean

help: ## What can be asked for
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

run: .venv/run ## Start the demo board (PORT, DATA_DIR choose where); Ctrl-C stops it
	@exec $(BIN)/python -m careercenter demo

test: test-sqlite test-postgresql ## The whole suite, on SQLite and on PostgreSQL

test-sqlite: .venv/test
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile

test-postgresql: .venv/test
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --database postgresql

contract: .venv/test ## Do all search engines answer alike? MEILI_URL= MEILI_MASTER_KEY= add a real server
	@test -n "$(MEILI_URL)" || echo "MEILI_URL is not set: the embedded engine and the stand-in are asked, no real server."
	MEILI_URL="$(MEILI_URL)" MEILI_MASTER_KEY="$(MEILI_MASTER_KEY)" $(BIN)/python -m pytest tests/contract -n $(WORKERS) --dist loadfile
	@test -z "$(MEILI_URL)" || MEILI_URL="$(MEILI_URL)" MEILI_MASTER_KEY="$(MEILI_MASTER_KEY)" $(BIN)/python -m tests.contract.compare

check: .venv/test ## Formatting, lint, types and import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/test ## Measure; the figures are added to benchmarks/
	$(BIN)/python -m benchmarks

lock: .venv/test ## Write the lock files anew from requirements*.in (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements.in -o requirements.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements-dev.in -o requirements-dev.txt

revision: .venv/test ## A migration from the models: make revision m="add a column"
	$(BIN)/python -m careercenter migrate
	$(BIN)/alembic revision --autogenerate -m "$(m)"

clean: ## Remove the environment; the data stays
	rm -rf .venv

.venv/run: requirements.txt
	@echo "Installing what the board needs (once, about a minute) …"
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed." if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/test: requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed." if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ .venv/run
