# Every habit of the house in one line each; `make help` lists them. Needs Python 3.11 or newer, and nothing else.

PYTHON ?= python3
PORT ?= 8000
SERVE ?= 1
# One process a core runs the tests; WORKERS=0 runs them in one, as a debugger wants it.
WORKERS ?= auto
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check install --require-hashes

export PORT SERVE
# What runs here must not be steered by a reader of some other project's settings.
unexport DJANGO_SETTINGS_MODULE

.DEFAULT_GOAL := help
.PHONY: demo test lint format run stack messages bench lock help

demo: $(VENV)/.site-installed ## a served site with samples in it: http://127.0.0.1:8000 (PORT=, SERVE=0 to stop before serving)
	@$(BIN)/python -m deploy.local.demo

test: lint ## everything: lint, then the tests, the desk in a browser too, on Postgres and SQLite, nginx and Chromium where installed
	@echo "== The tests that touch the database, on Postgres =="
	@TEST_DATABASE=postgres $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal --only-database -m "not nginx" --ignore-glob="*/browser/test_site_*" $(PYTEST)
	@echo "== All tests, on SQLite; the heavy ones that mean more on Postgres have run there =="
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal --cov --cov-report= $(PYTEST)
	@echo "$$($(BIN)/coverage report --format=total) % of lines and branches were run; $(BIN)/coverage report tells it file by file."

lint: $(VENV)/.installed ## ruff, mypy --strict, the directions of imports, missing migrations, the deployment checks
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	DEBUG=1 $(BIN)/mypy --strict
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m deploy.local.manage makemigrations --check --dry-run
	$(BIN)/python -m deploy.local.check
	$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml

format: $(VENV)/.installed ## put imports in order and lay the code out
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

run: $(VENV)/.installed ## the demo's site with a server that reloads what you edit
	@$(BIN)/python -m deploy.local.manage migrate --verbosity 0
	@$(BIN)/python -m deploy.local.manage runserver

stack: $(VENV)/.site-installed ## Postgres, gunicorn and nginx as in production, on loopback (PORT=)
	@$(BIN)/python -m deploy.local.stack

messages: $(VENV)/.installed ## collect the words to translate into config/locale, and compile them (needs gettext)
	@$(BIN)/python -m deploy.local.messages

bench: $(VENV)/.site-installed ## what a page costs: queries, CPU time and size, on the demo's data
	@$(BIN)/python -m deploy.local.bench

lock: $(VENV)/.installed ## write the exact versions and hashes anew from pyproject.toml (UPGRADE=--upgrade for newer ones)
	$(BIN)/uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url $(UPGRADE) --quiet -o requirements.txt
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --generate-hashes --no-emit-index-url $(UPGRADE) --quiet -o requirements-dev.txt

help: ## this list
	@awk -F ' ## ' '/^[a-z]+:.* ## / { sub(/:.*/, "", $$1); printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# -- the house's own Python ------------------------------------------------------------------------
$(BIN)/python:
	@command -v $(PYTHON) > /dev/null || { echo "$(PYTHON) was not found. Install Python 3.11 or newer, or name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$$($(PYTHON) --version) is too old: Masthead needs Python 3.11 or newer. Name another: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2> /dev/null || { echo "This Python cannot make a virtual environment: ensurepip is missing. On Debian and Ubuntu, install the package python3-venv." >&2; exit 1; }
	@echo "Making $(VENV) …"
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

# A work tree that has the tools for development has what the site needs too.
$(VENV)/.site-installed: requirements.txt | $(BIN)/python
	@if [ -e $(VENV)/.installed ] && [ ! requirements-dev.txt -nt $(VENV)/.installed ]; then :; else echo "Installing what the site needs …"; $(PIP) -r requirements.txt; fi
	@touch $@

$(VENV)/.installed: requirements-dev.txt | $(BIN)/python
	@echo "Installing what the site and its tests need …"
	@$(PIP) -r requirements-dev.txt
	@touch $@
