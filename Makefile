# The few commands a developer or a newcomer needs. `make` alone lists them.
# PORT chooses the port, ZENNE_DATA the data folder (default: ./var); docs/manual/sysadmin.md has the rest.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
UV := $(BIN)/uv pip install --python $(BIN)/python --quiet --compile-bytecode
MANIFEST := zenne/web/static/web/dist/manifest.json
FRONT := $(shell find zenne/web/front -type f 2>/dev/null) vite.config.js
export PATH := $(CURDIR)/$(BIN):$(PATH)
export UV_HTTP_TIMEOUT ?= 180
LOCK := $(BIN)/uv pip compile --quiet --upgrade --generate-hashes --no-header --python-version 3.11

.PHONY: help setup run dev test check lint audit format lock clean development system

help:
	@echo "make run     install what is missing, then run everything on http://127.0.0.1:8000 (Ctrl-C stops it)"
	@echo "make dev     the same, reloading on every change"
	@echo "make test    the whole suite, with the browser"
	@echo "make check   style, types, contracts, templates, catalogues: under a minute"
	@echo "make audit   known weaknesses of the packages; says so where nobody can be asked"
	@echo "make setup   only install, into .venv and node_modules"
	@echo "make bench   how fast and how large: about ten minutes on a quiet machine; IDEAS=1000000 for a million"
	@echo "make format  put Python files into the house's format"
	@echo "make lock    resolve the dependencies of pyproject.toml anew"
	@echo "make clean   remove what make made (not the data in ./var)"

setup: .venv/.runtime $(MANIFEST)
	@$(BIN)/python -m compileall -q zenne
	@$(BIN)/zenne compile-messages

run: setup
	@$(BIN)/zenne run

dev: setup
	@$(BIN)/zenne dev

# --- installing: each stamp is newer than what it depends on -----------------------------------------------------------

.venv/.tools: requirements/tools.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "Zenne needs Python 3.11 or newer; set PYTHON to it." >&2; exit 1; }
	@echo "Making a virtual environment in .venv ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { echo "On Debian: apt-get install python3-venv" >&2; rm -rf .venv; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements/tools.txt
	@touch $@

.venv/.runtime: .venv/.tools requirements/runtime.txt requirements/front.txt pyproject.toml
	@echo "Installing the Python packages and Node (some 250 MB at the first time) ..."
	@$(UV) --require-hashes --requirement requirements/runtime.txt --requirement requirements/front.txt
	@$(UV) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.development: .venv/.runtime requirements/development.txt
	@echo "Installing the tools for development ..."
	@$(UV) --require-hashes --requirement requirements/development.txt
	@touch $@

node_modules/.package-lock.json: .venv/.runtime package.json package-lock.json
	@echo "Installing the front end's packages ..."
	@npm ci --no-fund --no-audit --loglevel=error
	@touch $@

$(MANIFEST): node_modules/.package-lock.json $(FRONT)
	@echo "Building the front end ..."
	@mkdir -p .cache; npm run --silent build >.cache/front.log 2>&1 || { cat .cache/front.log >&2; exit 1; }
	@touch $@

development: setup .venv/.development

system:
	@.ci/system-packages

bench: setup
	@PYTHONPATH=$(CURDIR) $(BIN)/python -m bench.run --ideas $(or $(IDEAS),5000)

# --- checking ----------------------------------------------------------------------------------------------------------

# a fault of style must not hide the outcome of the tests, nor the other way round
test: development system
	@status=0; \
	$(MAKE) --no-print-directory lint || status=$$?; \
	$(BIN)/pytest -n 2 --dist worksteal $(ARGS) || status=$$?; \
	exit $$status

check: development
	@status=0; \
	$(MAKE) --no-print-directory lint || status=$$?; \
	$(BIN)/pytest -q tests/architecture || status=$$?; \
	exit $$status

lint: development
	@.ci/lint

audit: development
	@$(BIN)/python .ci/audit

format: development
	@$(BIN)/ruff format zenne tests
	@$(BIN)/ruff check --fix --quiet zenne tests || true

lock: .venv/.tools
	@echo "Resolving ..."
	@printf 'uv\nsetuptools>=80\n' | $(LOCK) - --output-file requirements/tools.txt
	@$(LOCK) pyproject.toml --output-file requirements/runtime.txt
	@$(LOCK) --group front --output-file requirements/front.txt
	@$(LOCK) pyproject.toml --group dev --group front --constraint requirements/runtime.txt --constraint requirements/front.txt --output-file requirements/development.txt

clean:
	@rm -rf .venv node_modules .cache .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis zenne/web/static/web/dist *.egg-info
	@find zenne tests -name __pycache__ -prune -exec rm -rf {} + ; find zenne -name '*.mo' -delete
