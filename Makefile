# Every target first brings what it needs (see slic_portal/install.py), so each works on a fresh clone.

# The first Python that is new enough and can make a virtual environment.
PYTHON ?= $(shell for python in python3.11 python3.12 python3.13 python3.14 python3; do \
	$$python -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { echo $$python; break; }; done)
BIN := .venv/bin
SERVICES := $(BIN)/python -m slic_portal.embedded
ARGS ?=
# Tests, checks and benchmarks keep their own data, so they can run beside `make run`.
TEST_VAR_DIR ?= $(or $(VAR_DIR),var)/test
TYPED := $(wildcard */actions */selectors.py */selectors */rules.py \
	$(filter-out slic_portal/%,$(wildcard */tasks.py)) accounts/trail outcomes/statistics outcomes/intake \
	slic_portal)

.DEFAULT_GOAL := help

# What Python compiles is kept, whatever this machine's habit: processes start in a third of the time
# and hold 15 MB less.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help install run manage test check audit fix bench mutants mutate screenshots lock reset
ifdef VAR_DIR
export VAR_DIR
endif
ifdef PORT
export PORT
endif
test check bench mutants screenshots: export VAR_DIR := $(TEST_VAR_DIR)

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install:  ## bring Python packages, Node packages and styles (every target does this first)
	@test -n "$(PYTHON)" || { echo "The portal needs Python 3.11 or newer with its venv module," \
		"and none was found. On Debian or Ubuntu run: sudo apt-get install python3-venv" \
		"(or name one: make PYTHON=/path/to/python3.11)"; exit 1; }
	@$(PYTHON) -I slic_portal/install.py

run: install  ## start the whole portal; PORT=8001 and VAR_DIR=folder are honoured
	@$(BIN)/python -m slic_portal.run

manage: install  ## run a Django command: make manage ARGS="shell"
	@$(SERVICES) manage.py $(ARGS)

test: install  ## run all tests; choose with ARGS="-k name"
	@$(SERVICES) --fast -m pytest $(ARGS)

check: install  ## look for faults in style, types, layers, templates and settings; edits nothing
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet templates
	$(SERVICES) --fast mypy $(TYPED)
	$(SERVICES) --fast manage.py makemigrations --check --dry-run
	@echo "Checking the settings of production"
	@DEVELOPMENT=false ALLOWED_HOSTS=portal.example.org \
		SECURITY_CONTACT=mailto:security@portal.example.org SECRET_KEY=$$($(BIN)/python -c \
		'import secrets; print(secrets.token_urlsafe(50))') \
		MFA_ENCRYPTION_KEYS=$$($(BIN)/python -c \
		'from slic_portal.embedded import new_fernet_key; print(new_fernet_key())') \
		DATABASE_URL=postgres://portal@localhost/portal REDIS_URL=redis://localhost:6379/0 \
		$(BIN)/python manage.py check --deploy --fail-level WARNING

audit: install  ## look for known weaknesses in the packages used, where their data can be reached
	@$(BIN)/python -m slic_portal.audit

fix: install  ## repair what can be repaired without thinking: lint and format
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

mutants: install  ## take each guard away once and see that a test notices; choose with ARGS="--only reports"
	@$(SERVICES) --fast -m tests.access.mutants $(ARGS)

# CI=1 makes the drawn examples of the property tests the same each time.
mutate: install  ## change each step of the statistics once and see that a test notices; ARGS="outcomes.statistics.trend.*"
	CI=1 ATTACKS=6 $(BIN)/mutmut run $(ARGS)
	@$(BIN)/mutmut results

bench: install  ## measure speed
	@$(SERVICES) --fast -m bench $(ARGS)

screenshots: install  ## take the screenshots of the README again
	@$(SERVICES) --fast -m tests.screenshots $(ARGS)

lock: install  ## lock the requirements anew, with hashes
	$(BIN)/uv pip compile --universal --python-version 3.11 --no-emit-index-url --no-header --generate-hashes --quiet \
		--output-file requirements.txt requirements.in
	$(BIN)/uv pip compile --universal --python-version 3.11 --no-emit-index-url --no-header --generate-hashes --quiet \
		--output-file requirements-dev.txt requirements-dev.in

reset: install  ## delete this portal's data, after asking; YES=1 does not ask
	@$(BIN)/python -m slic_portal.reset $(if $(YES),--yes)
