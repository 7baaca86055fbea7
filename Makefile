## make run [PORT=8000]  the demo contest in the foreground, Ctrl-C ends it; data stay in ./data
## make test             everything: lint, types, import contracts, tests, browser journeys
## make soak             the two worlds of tests/anonymity at full length, drawn anew by lot, and 10,000 changes of the record; an hour
## make bench            the figures: reading, finding, typesetting, the sandbox, the record, sealing, the Council check
## make lint             the quick part of it
## make bundle           what officers' pages need in the browser, where npm is
## make lock             both lock files anew from pyproject.toml; UV_FLAGS=--upgrade takes newer versions
## make clean            all that was made here, except ./data

# Another Python: make run PYTHON=python3.13
PYTHON ?= python3
PORT ?= 8000

BIN = .venv/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check

.PHONY: help run test soak bench lint lock clean browser bundle server readers
.NOTPARALLEL:

help:
	@sed -n 's/^## //p' Makefile

run: .venv/run
	@$(MAKE) --no-print-directory bundle || echo "Officers' pages will offer the command instead." >&2
	@exec $(BIN)/nomdeplume demo --port $(PORT)

test: .venv/test browser server readers bundle lint
	$(BIN)/pytest -n 2

soak: .venv/test
	NOMDEPLUME_SOAK=1 $(BIN)/pytest tests/anonymity/test_two_worlds.py tests/anonymity/soak_two_worlds.py
	NOMDEPLUME_MUTATIONS=10000 $(BIN)/pytest -s tests/app/test_record.py -k random_change

bench: .venv/test
	for each in typesetting all_in finding finding_author finding_identifiers pdf_words sandbox record sealing council_names council_check; do $(BIN)/python -m benchmarks.$$each || exit 1; done

lint: .venv/test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# One environment serves both commands. A mark in it for each says that its lock is installed, so a second start
# installs nothing; what the tests need includes what running needs.
.venv/run: requirements.lock pyproject.toml
	@$(make_environment)
	@echo "Installing what nomdeplume needs, each file checked against its hash …"
	@$(PIP) install --require-hashes -r requirements.lock
	@$(install_nomdeplume)
	@touch $@

.venv/test: requirements-dev.lock requirements.lock pyproject.toml
	@$(make_environment)
	@echo "Installing what nomdeplume and its tests need, each file checked against its hash …"
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@$(install_nomdeplume)
	@touch $@ .venv/run

# pip comes last into an environment, so where pip answers the environment is whole.
define make_environment
$(PIP) --version >/dev/null 2>&1 || { \
	$(require_python); \
	echo "Making a Python environment in .venv …"; \
	$(PYTHON) -m venv --clear .venv; }
endef

define require_python
command -v $(PYTHON) >/dev/null || { \
	echo "There is no $(PYTHON) here. Install Python 3.11 or newer." >&2; exit 1; }; \
$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	echo "nomdeplume needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) -V 2>&1)." >&2; \
	echo "If a newer one is here, name it: make $(MAKECMDGOALS) PYTHON=python3.11" >&2; exit 1; }; \
$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	echo "$(PYTHON) lacks its venv module. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
endef

# The build tools are in the lock too: without isolation, pip fetches nothing that has no hash.
define install_nomdeplume
echo "Installing nomdeplume itself …"; \
$(PIP) install --quiet --no-build-isolation --no-deps --editable .
endef

browser:
	@for name in chromium chromium-browser google-chrome; do \
		if command -v $$name >/dev/null; then exit 0; fi; \
	done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing chromium, which the browser journeys drive …"; \
		apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes chromium; \
	else \
		echo "Missing: chromium. The browser journeys drive a real one, and they are never skipped." >&2; \
		echo "On Debian, as root: apt install chromium" >&2; exit 1; \
	fi

server:
	@for program in $$(command -v postgres) /usr/lib/postgresql/*/bin/postgres; do \
		if [ -x "$$program" ]; then exit 0; fi; \
	done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing PostgreSQL, of which the tests start a server of their own …"; \
		apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends postgresql; \
	else \
		echo "Missing: postgresql. The tests start a server of their own, and they are never skipped." >&2; \
		echo "On Debian, as root: apt install postgresql" >&2; exit 1; \
	fi

# Word 97 documents are read through LibreOffice and scans through tesseract, where these are; without them a file of
# that kind is refused in words, and the tests of reading one say so and are skipped.
readers:
	@missing=; \
	command -v soffice >/dev/null || missing="$$missing libreoffice-writer-nogui"; \
	command -v tesseract >/dev/null || missing="$$missing tesseract-ocr"; \
	command -v pdftotext >/dev/null || missing="$$missing poppler-utils"; \
	if [ -n "$$missing" ] && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing$$missing, through which some files are read …"; \
		apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends $$missing; \
	elif [ -n "$$missing" ]; then \
		echo "Missing:$$missing. Some tests will be skipped. On Debian, as root: apt install$$missing" >&2; \
	fi

# The tests also open our files with the stock age command; where it can't be had, these two say so and are skipped.
stock-age:
	@if ! command -v age >/dev/null && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing age, which has to open what we seal …"; \
		apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes age; \
	fi

# age for the browser, so that officers' keys stay on their own device. Only npm can fetch it; without npm the pages
# offer the command, and say so.
BUNDLE = app/web/static/js/vendor/age.js
bundle:
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory --silent $(BUNDLE); \
	else echo "No npm here: officers' pages will offer the command instead of opening keys in the browser."; fi

$(BUNDLE): browser/package-lock.json browser/build.js browser/age.js browser/qr.js
	@echo "Bundling age for officers' pages, each package checked against its hash …"
	@cd browser && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error && npm run --silent build

# The tests' lock is held to the versions of the other, so that what is tested is what runs.
LOCK = uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --python-version 3.11 $(UV_FLAGS)
lock:
	@command -v uv >/dev/null || { echo "Locking needs uv: pipx install uv" >&2; exit 1; }
	$(LOCK) --extra build pyproject.toml -o requirements.lock
	$(LOCK) --extra build --extra test --constraint requirements.lock pyproject.toml -o requirements-dev.lock

clean:
	rm -rf browser/node_modules app/web/static/js/vendor
	rm -rf .venv dist artefacts .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find app anonymiser judging migrations tests -name __pycache__ -prune -exec rm -rf {} +
