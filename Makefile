# Every task of the project. `make` lists them; what a task needs it installs into .venv first.
PYTHON ?= python3
PORT ?= 8000
PY := .venv/bin/python
MANAGE := $(PY) site/manage.py

.DEFAULT_GOAL := help
.PHONY: help env demo test test-postgresql elasticsearch faults stack test-stack browser lint format types ci bench relevance screenshots messages lock clean

help: ## list the tasks
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

env: ## make .venv with everything for development
	@$(PYTHON) tools/environment.py dev

demo: ## serve the real case at http://localhost:8000 (another port: make demo PORT=8123)
	@$(PYTHON) tools/environment.py base
	@exec $(PY) tools/demo.py --port $(PORT)

test: env ## run the tests on SQLite (some only: make test ARGS="-k search")
	@$(PY) -m pytest -n 2 -m "not browser and not bench and not faults and not stack" $(ARGS)

test-postgresql: env ## the same on a PostgreSQL server of its own, started and ended here
	@tools/with_postgresql $(PY) -m pytest -n 2 -m "not browser and not bench and not faults and not stack" $(ARGS)

elasticsearch: ## start a real search server at port 9200 until Ctrl-C (three nodes: NODES=3; needs Java and Maven)
	@exec $(PYTHON) tools/elasticsearch.py --nodes $(or $(NODES),1) $(if $(filter command line environment,$(origin PORT)),--port $(PORT))

stack: ## serve every part of docker-compose.yml without containers at https://localhost:8443 (three search nodes: NODES=3)
	@$(PYTHON) tools/environment.py dev
	@exec $(PY) tools/stack.py $(if $(NODES),--nodes $(NODES)) $(if $(filter command line environment,$(origin PORT)),--port $(PORT))

test-stack: env ## the stories of the house and a rolling restart on every part at once, three search nodes among them
	@NODES=3 tools/with_stack $(PY) -m pytest -m "stack or browser" tests/stack tests/browser/test_stories.py $(ARGS)

faults: env ## kill, pause and fill up real search servers while people edit and read (needs Java and Maven)
	@$(PY) -m pytest -m faults -p no:xdist $(ARGS)

browser: env ## the browser tests only (needs Chromium)
	@$(PY) -m pytest -m browser $(ARGS)

lint: env ## check style, templates and import rules
	@$(PY) -m ruff check --quiet . && $(PY) -m ruff format --check --quiet . && $(PY) -m djhtml --check site/templates \
	&& PYTHONPATH=site:. .venv/bin/lint-imports

format: env ## mend what the style checks can mend
	@$(PY) -m ruff check --fix --quiet . ; $(PY) -m ruff format . ; $(PY) -m djhtml site/templates

types: env ## check the types of services, queries and engines
	@$(PY) -m mypy

ci: ## everything that CI does
	@bash .ci/run

bench: env ## measure speed against its bars (one group: GROUP=pages; under a minute, without the servers: QUICK=1)
	@$(if $(QUICK),,tools/with_postgresql tools/with_elasticsearch) $(PY) -m tests.bench $(if $(GROUP),--group $(GROUP)) $(if $(QUICK),--quick)

relevance: env ## judge the search by the frozen questions, on each engine and beside Wagtail's own
	@$(PY) -m tests.relevance

screenshots: env ## picture every page type into var/screenshots (needs Chromium)
	@$(PY) -m tests.browser.screenshots $(ARGS)

messages: env ## bring the Thai catalogue level with the code (needs gettext), say what lacks Thai
	@$(PY) tools/messages.py

lock: ## compile the locks anew from pyproject.toml
	@$(PYTHON) tools/environment.py lock

clean: ## remove the environment, but not the data in var/
	@rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
