# The two commands of the README are `make run` and `make test`; each creates the environment if needed.
SHELL := /bin/bash
.DEFAULT_GOAL := help
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# The first interpreter that is new enough.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
OUT ?= out
# The commit whose lexicons `make re-extract` compares with.
BASE ?= HEAD

.PHONY: help run test check fmt lint types imports lexicons schemas-check schemas fix accuracy accuracy-raise bench re-extract wheel clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*?## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 18

$(STAMP): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "jianbao needs Python 3.11 or newer; install it or set PYTHON=/path/to/python"; exit 2; }
	@$(BIN)/python -m pip --version > /dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

run: $(STAMP)  ## extract corpus/articles/ into out/ and print a summary
	$(BIN)/jianbao extract corpus/articles -o $(OUT)

test: $(STAMP)  ## run all tests
	$(BIN)/python -m pytest -q -n auto --dist worksteal

check: fmt lint types imports lexicons schemas-check test  ## everything CI asks for

fmt: $(STAMP)  ## formatting as ruff wants it
	$(BIN)/ruff format --check .

lint: $(STAMP)  ## ruff's rules
	$(BIN)/ruff check .

types: $(STAMP)  ## strict mypy
	$(BIN)/mypy

imports: $(STAMP)  ## imports run one way
	$(BIN)/lint-imports

lexicons: $(STAMP)  ## nothing is wrong with any lexicon
	$(BIN)/jianbao lexicon check --strict

schemas-check: $(STAMP)  ## schemas/ is what the models say
	@rm -rf build/schemas && $(BIN)/jianbao schema --to build/schemas && diff -r build/schemas schemas

schemas: $(STAMP)  ## regenerate schemas/
	rm -rf schemas && $(BIN)/jianbao schema --to schemas

fix: $(STAMP)  ## repair formatting and what ruff can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

accuracy: $(STAMP)  ## score the annotated articles in DEV against the floor
	@test -n "$(DEV)" || { echo "say where the annotated articles are: make accuracy DEV=path"; exit 2; }
	$(BIN)/python benchmarks/accuracy.py $(DEV)

accuracy-raise: $(STAMP)  ## raise the floor to the scores of now less 0.01
	$(BIN)/python benchmarks/accuracy.py $(DEV) --raise

bench: $(STAMP)  ## speed of each stage and the whole, start-up, memory; of each reader; of a run again
	$(BIN)/python benchmarks/speed.py
	$(BIN)/python benchmarks/readers.py
	$(BIN)/python benchmarks/incremental.py 2000

re-extract: $(STAMP)  ## what the lexicons of now change in the corpus, against those of BASE
	.ci/re-extract $(BASE)

wheel: $(STAMP)  ## build the wheel into dist/
	$(BIN)/python -m pip wheel --quiet --no-deps -w dist .

clean:  ## remove what was made
	rm -rf build dist out $(VENV)
