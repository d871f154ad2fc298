# Every target stands alone: it brings what it needs, and does nothing twice.
# GNU make; the work is done by small scripts in scripts/.

PORT ?= 8000
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo serve test lint fmt checks test-sqlite test-postgres walk bench screenshots lock clean

help: ## Show this list
	@echo "make TARGET   (PORT=8000 for demo and serve; ARGS='…' is handed on, e.g. make test-sqlite ARGS='-k deadline')"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' Makefile | while IFS="$$(printf '\t')" read -r target sentence; do \
		printf '  %-14s %s\n' "$$target" "$$sentence"; done

setup: ## Build .venv from the lock file; seconds the first time, at once afterwards
	@scripts/setup

setup-dev: ## setup, and what tests need: tools, PostgreSQL, Chromium, gettext, a font
	@scripts/system-packages tests
	@scripts/setup --dev

demo: setup ## Load the province into an SQLite file, print the logins, serve on 127.0.0.1
	@exec .venv/bin/motcua demo --port $(PORT) $(ARGS)

serve: setup ## Run the production server with its background worker
	@exec .venv/bin/motcua serve --port $(PORT) $(ARGS)

test: setup-dev ## Everything CI runs: lint, checks, all tests on SQLite, then on PostgreSQL
	@exec scripts/test lint checks sqlite postgres -- -n auto --maxprocesses=4 --dist=loadgroup --no-loadscope-reorder $(ARGS)

lint: setup-dev ## Style, types, and the floors of the house
	@exec scripts/test lint

checks: setup-dev ## Nothing forgotten: pending migrations, broken translations
	@exec scripts/test checks

fmt: setup-dev ## Format the code and mend what the linter can mend
	@.venv/bin/ruff check --fix-only --quiet .
	@.venv/bin/ruff format .

test-sqlite: setup-dev ## All tests on SQLite
	@exec scripts/test sqlite -- $(ARGS)

test-postgres: setup-dev ## All tests on a throwaway PostgreSQL
	@exec scripts/test postgres -- $(ARGS)

walk: setup-dev ## Only the walks through the browser, on SQLite
	@exec scripts/test sqlite -- -m walk $(ARGS)

bench: setup-dev ## Measure on a throwaway PostgreSQL that really writes to the disk
	@exec .venv/bin/python -m tests.postgres --fsync -- .venv/bin/python -m bench $(ARGS)

screenshots: setup-dev ## Pictures of every page and paper, into screenshots/
	@exec .venv/bin/python -m tests.walks.screenshots $(ARGS)

lock: setup ## Write the lock files anew from requirements/*.in; ARGS=--upgrade takes newer versions
	@scripts/lock $(ARGS)

clean: ## Remove .venv and caches; var/, where your data lives, stays
	@rm -rf .venv .mypy_cache .ruff_cache .import_linter_cache .hypothesis screenshots
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
