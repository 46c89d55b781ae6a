# Every target is one line of newsarchive/launch.py, which makes the virtual environment first when it is missing or old.
PYTHON ?= python3
PORT ?= 8000
launch = @$(PYTHON) newsarchive/launch.py
.DEFAULT_GOAL := help
.PHONY: help run ocr test check bench lock migration messages clean

help: ## Show these lines
	@echo "Newsarchive. Settings: NEWSARCHIVE_HOME (default var/), DATABASE_URL, NEWSARCHIVE_ACCESS, PORT; see README.md"
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 18

run: ## Set everything up and serve on http://127.0.0.1:8000 (other port: make run PORT=8001)
	$(launch) run --port $(PORT)

ocr: ## Install what reads scans, once (350 MB)
	$(launch) ocr

test: ## Set up and run the tests (some of them: make test ARGS="tests/search -x")
	$(launch) test $(ARGS)

check: ## Everything that must hold before a change is merged, on SQLite, PostgreSQL and in a browser
	$(launch) check

bench: ## Time reading, and searching beside other engines (larger: make bench ARGS="--articles 20000")
	$(launch) bench $(ARGS)

lock: ## Pin the packages of pyproject.toml in requirements*.txt
	$(launch) lock

migration: ## Write the first migration anew from the models (until the first release)
	$(launch) migration

messages: ## Bring the translation catalogue up to date with the strings in code and templates
	$(launch) messages

clean: ## Remove the virtual environment and tool caches; the archive in var/ stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage htmlcov
