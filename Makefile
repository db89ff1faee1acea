# `make build` and `make test` do all the set-up they need; see .ci/setup.

PYTHON ?= python3
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif
# What a target needs to be ready; each run of it costs a fraction of a second.
SETUP := @$(PYTHON) .ci/setup
PYTEST := $(BIN)/python -m pytest -q -n auto
SCALE ?= 1
BENCH := PYTHONPATH=.:tests $(BIN)/python -m bench --scale $(SCALE)
LOCK := $(BIN)/uv --quiet pip compile --universal --python-version 3.11 \
	--generate-hashes --upgrade --custom-compile-command "make lock"

.DEFAULT_GOAL := help
.PHONY: help setup build test test-all test-oldest update check status merge-driver lint golden format clean bench bench-peers fuzz lock

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' Makefile | awk -F'|' '{ printf "make %-12s %s\n", $$1, $$2 }'

setup: ## only get ready: system libraries, .venv, the locked packages
	$(SETUP)

build: ## make the web pages and PDFs in build/ (ARGS="-l es" for one language)
	$(SETUP)
	@$(BIN)/outreach build $(ARGS)

test: ## run the tests (ARGS="-k name" for some of them)
	$(SETUP) --test
	@$(PYTEST) -m "not slow" $(ARGS)

test-all: ## run the slow tests too
	$(SETUP) --test
	@$(PYTEST) $(ARGS)

test-oldest: ## run the tests with the oldest packages that pyproject.toml allows
	$(SETUP) --test
	@$(BIN)/python -m pip install --quiet uv
	@$(BIN)/uv --quiet venv --clear .venv-oldest
	@$(BIN)/uv --quiet pip install --python .venv-oldest --resolution lowest-direct \
		--group test --editable .
	@cp -R .venv/share .venv-oldest/
	@.venv-oldest/bin/python -m pytest -q -n auto -m "not slow" $(ARGS)

fuzz: ## look for inputs that break something (MINUTES=3, or as long as one likes)
	$(SETUP) --test
	@$(BIN)/python -m pip install --quiet atheris || echo "atheris does not install here; going on without it"
	@$(BIN)/python tests/fuzz/run.py --minutes $(or $(MINUTES),3) $(ARGS)

update: ## bring the translators' catalogs up to date with the guides and the interface
	$(SETUP)
	@$(BIN)/outreach update $(ARGS)
	@$(BIN)/python -m outreach.interface

check: ## look for mistakes in guides and catalogs
	$(SETUP)
	@$(BIN)/outreach check $(ARGS)

status: ## show how much of every guide is translated
	$(SETUP)
	@$(BIN)/outreach status $(ARGS)

merge-driver: ## let git merge catalogs message by message in this clone
	$(SETUP)
	@$(BIN)/outreach merge-po --install

lint: ## check the style and the types of the code
	$(SETUP) --dev
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet
	@$(BIN)/mypy --no-error-summary

golden: ## make the expected pages of the tests anew; read the difference before you keep it
	$(SETUP) --dev
	@$(BIN)/python tests/golden.py

format: ## put the code into its standard format
	$(SETUP) --dev
	@$(BIN)/ruff check --quiet --fix-only
	@$(BIN)/ruff format --quiet

bench: ## measure times and memory beside what is installed (SCALE=10, ARGS="--quick --only html")
	$(SETUP) --dev
	@$(BENCH) $(ARGS)

bench-peers: ## the same, beside all peers: installs them, each into a place of its own
	$(SETUP) --dev
	@$(BENCH) --peers $(ARGS)

clean: ## remove what a build made, and caches
	@find build -mindepth 1 ! -path build/.gitignore -delete
	@rm -rf .mypy_cache .pytest_cache .ruff_cache .hypothesis .venv-oldest dist
	@find outreach tests -name __pycache__ -prune -exec rm -rf {} +

# uv, because one lock must serve every platform and Python.
lock: ## take the newest packages into the lock files
	$(SETUP)
	@$(BIN)/python -m pip install --quiet uv
	@$(LOCK) pyproject.toml --group dev -o requirements-test.lock
	@$(LOCK) pyproject.toml --group build -c requirements-test.lock -o requirements.lock
	@$(LOCK) --group audit -o requirements-audit.lock
