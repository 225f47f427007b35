# Needs only make and a Python 3.11 or newer with its venv module. `make` alone lists the targets.
PYTHON ?= python3
VENV   ?= .venv
HOST   ?= 127.0.0.1
PORT   ?= 8000
DEMO   ?= 1
PYTEST ?= -n 2 --dist loadfile

BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help setup setup-run run demo test check bench testbed

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1|/p' $(firstword $(MAKEFILE_LIST)) | awk -F'|' '{ printf "%-14s %s\n", $$1, $$2 }'

define make_venv
@command -v $(PYTHON) > /dev/null || { echo "There is no $(PYTHON) here: install Python 3.11 or newer, or name one with PYTHON=." >&2; exit 1; }
@$(PYTHON) .ci/venv.py $(VENV) $(1)
endef

setup: ## make .venv with everything that running, testing and checking need
	$(call make_venv,base dev)

setup-run:
	$(call make_venv,base)

run: setup-run ## run the product on http://127.0.0.1:8000 (HOST=, PORT=; DEMO=0 starts empty)
	@exec $(BIN)/python manage.py up --host $(HOST) --port $(PORT) $(if $(filter 0,$(DEMO)),--no-demo)

demo: setup-run ## run it with the demo workspace in a folder of its own, beside your data
	@STILLBLOCKED_DATA_DIR=var/demo exec $(BIN)/python manage.py up --host $(HOST) --port $(PORT)

test: setup ## run the tests (PYTEST="-n 0 -k name" for other pytest options)
	@exec $(BIN)/python -m pytest $(PYTEST)

check: setup ## what CI checks, to the letter: style, types, the import law, settings, migrations
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy --no-incremental config events tracker  # a warm cache loses the managers
	$(BIN)/lint-imports
	$(BIN)/python manage.py check --fail-level WARNING
	$(BIN)/python manage.py makemigrations --check --dry-run

bench: setup ## how fast it is, as ratios
	@exec $(BIN)/python bench/run.py

testbed: setup-run ## look at a censored network in a box (root, ../shared/testbed; REMOTE=1: through remote workers as well; CASES=breadth, second: our own)
	@$(BIN)/python -m tests.testbed.run $(if $(REMOTE),--remote) $(if $(CASES),--cases $(CASES))
	@exec $(BIN)/python -m tests.testbed.flips
