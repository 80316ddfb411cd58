# `make` alone lists the targets. On a machine without make, `python3 dev.py` does the same.
PYTHON ?= python3

.DEFAULT_GOAL := help
.PHONY: help demo test lint format bench setup messages lock clean

help: ## this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-8s %s\n", $$1, $$2 }'

demo: ## run the product with demo data (PORT=8000)
	$(PYTHON) dev.py demo --port $(or $(PORT),8000)

test: ## run the tests (ARGS=... goes to pytest)
	$(PYTHON) dev.py test $(ARGS)

lint: ## check style, types and imports
	$(PYTHON) dev.py lint

format: setup ## put Python and templates in form
	.venv/bin/ruff check --fix
	.venv/bin/ruff format
	git ls-files -- '*.html' | xargs -r .venv/bin/djade --target-version 6.1

bench: ## measure the product on a big workspace
	$(PYTHON) dev.py bench $(ARGS)

setup: ## make or repair .venv
	$(PYTHON) dev.py setup

messages: setup ## gather the messages into locale/ and compile what is translated (needs gettext)
	$(PYTHON) dev.py makemessages --all --no-obsolete --add-location file --ignore var --ignore tests
	$(PYTHON) dev.py compilemessages --ignore .venv

lock: ## write requirements.lock from requirements.in (needs uv; UPGRADE=1 takes newer versions)
	uv pip compile --universal --python-version 3.12 --generate-hashes --no-emit-index-url --no-header \
		$(if $(UPGRADE),--upgrade) --output-file requirements.lock requirements.in

clean: ## remove .venv and the caches; the demo's data in var/ stays
	rm -rf .venv .venv.lock .uv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
