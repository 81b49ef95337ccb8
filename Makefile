# Everything sets itself up from Python 3.11+, git and make alone.
PYTHON ?= python3
PY := .venv/bin/python
# Byte code is kept, whatever the machine says: else every process of a test run compiles all modules for itself.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: setup run test check bench chaos docs lock

setup: .venv/ready

.venv/ready: requirements.lock
	@test -x $(PY) || $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Port of Call needs Python 3.11 or newer")'
	@test -x $(PY) || $(PYTHON) -m venv .venv
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

run: setup
	@$(PY) app.py

# Four at a time on two cores: half of a test is waiting for another party.
WORKERS ?= 4

test: setup
	@$(PY) -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

check: setup
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy
	@.venv/bin/lint-imports
	@$(PY) -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

bench: setup
	@$(PY) -m bench

chaos: setup
	@$(PY) -m pytest -m chaos tests/chaos tests/bot

docs: setup
	@$(PY) -m bot.commands.phases

lock: setup
	@$(PY) -m uv lock --quiet
	@$(PY) -m uv export --quiet --no-header --no-emit-project --no-annotate --all-groups -o requirements.lock
	@rm -f uv.lock
