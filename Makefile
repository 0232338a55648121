# The commands that README.md documents. Needs make, and python3 with its venv module or uv, which is quicker.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= 2
ifneq ($(shell command -v uv),)
MAKE_VENV = uv venv --quiet --python $(PYTHON) $(VENV)
INSTALL = VIRTUAL_ENV=$(CURDIR)/$(VENV) uv pip install --quiet --require-hashes
else
MAKE_VENV = $(PYTHON) -m venv $(VENV)
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
endif
# Playwright's context keeps a connection, so the database is not dropped: its server is thrown away.
NO_DATABASE := domain importing/reading importing/mapping
POSTGRESQL := -p issues.tests.postgresql --create-db --reuse-db
# A file of tests shares what it built; files are handed out in their order, the short ones of views last.
PYTEST := $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

.PHONY: run test coverage check fix bench lock

$(VENV)/run.stamp: requirements/base.txt
	test -x $(BIN)/python || $(MAKE_VENV)
	$(INSTALL) -r requirements/base.txt
	touch $@

$(VENV)/dev.stamp: requirements/dev.txt
	test -x $(BIN)/python || $(MAKE_VENV)
	$(INSTALL) -r requirements/dev.txt
	touch $@ $(VENV)/run.stamp

run: export DEBUG = true
run: export PUBLIC_READ = true
run: $(VENV)/run.stamp
	$(BIN)/python manage.py demo
	@echo "Open http://127.0.0.1:$(PORT)/ -- stop with Ctrl-C"
	$(BIN)/python manage.py db_worker --no-reload --verbosity 0 & worker=$$!; trap "kill $$worker" EXIT; \
	$(BIN)/python manage.py runserver --noreload 127.0.0.1:$(PORT)

# What an installation runs; it needs the settings of docs/operating.md in its environment.
.PHONY: serve
serve: $(VENV)/run.stamp
	exec $(BIN)/python manage.py serve

test: export DJANGO_ALLOW_ASYNC_UNSAFE = true
test: on-sqlite in-browser on-postgresql

# COVER=1 notes which lines are reached, for `make covered`; apart, because tracing takes its time.
ifdef COVER
TRACED = --cov --cov-append --cov-report=
endif
.PHONY: on-sqlite in-browser on-postgresql covered
on-sqlite: $(VENV)/dev.stamp
	$(if $(COVER),$(BIN)/python -m coverage erase)
	$(PYTEST) $(TRACED) issues/tests/domain
	$(PYTEST) $(TRACED) --ignore issues/tests/domain -m 'not postgresql and not browser'

in-browser: export DJANGO_ALLOW_ASYNC_UNSAFE = true
in-browser: $(VENV)/dev.stamp
	$(PYTEST) --ignore issues/tests/domain -m 'not postgresql and browser'

on-postgresql: export DJANGO_ALLOW_ASYNC_UNSAFE = true
# What asks no database is run once, above.
on-postgresql: $(VENV)/dev.stamp
	$(PYTEST) $(NO_DATABASE:%=--ignore issues/tests/%) -m '(not browser or postgresql) and not sqlite' $(POSTGRESQL)

coverage:
	$(MAKE) on-sqlite covered COVER=1

covered:
	$(BIN)/python -m coverage report --fail-under=95
	$(BIN)/python -m coverage report --fail-under=95 --include='issues/domain/*,issues/queries/*,issues/actions/*'

LINT = ruff format imports types templates assets upgrade migrations deploy
.PHONY: $(LINT)
# One of them alone is `make types`; the hooks of pre-commit call the same.
check: $(LINT)
$(LINT): export DEBUG = true
$(LINT): $(VENV)/dev.stamp

ruff:
	$(BIN)/ruff check .

format:
	$(BIN)/ruff format --check .

types:
	$(BIN)/mypy tracker issues

imports:
	$(BIN)/lint-imports

templates:
	$(BIN)/djade --check --target-version 5.2 $$(git ls-files 'templates/*.html')
	$(BIN)/djangofmt --check --indent-width 2 --line-length 120 $$(git ls-files 'templates/*.html' 'templates/*.svg')
	! git ls-files 'templates/*' | xargs grep -nE '^.{121,}'

assets:
	$(BIN)/biome check --error-on-warnings --colors=off

upgrade:
	$(BIN)/django-upgrade --target-version 5.2 $$(git ls-files '*.py')

migrations:
	$(BIN)/python manage.py makemigrations --check --dry-run

deploy:
	DEBUG=false SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))') \
		ALLOWED_HOSTS=example.org PROXIES=1 $(BIN)/python manage.py check --deploy --fail-level WARNING

# What the tools would write otherwise, written.
fix: $(VENV)/dev.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/djade --target-version 5.2 $$(git ls-files 'templates/*.html')
	$(BIN)/djangofmt --indent-width 2 --line-length 120 $$(git ls-files 'templates/*.html' 'templates/*.svg')
	$(BIN)/biome check --write --colors=off

# An installation as it is served, on a database of its own; RESULTS is where the figures go. LARGE=1 measures
# 1,000,000 positions, too. PostgreSQL comes as a wheel, unless DATABASE_URL names a database "bench" of one.
RESULTS ?= docs/benchmarks
MEASURED := DEBUG=false PUBLIC_READ=true SECURE_SSL_REDIRECT=false ALLOWED_HOSTS=localhost,127.0.0.1
.PHONY: bench-static bench-sqlite bench-postgresql bench-page bench-check
bench:
	$(MAKE) --no-print-directory bench-sqlite
	$(MAKE) --no-print-directory bench-postgresql
	$(MAKE) --no-print-directory bench-page

bench-static bench-sqlite bench-postgresql: export SECRET_KEY = only-for-a-database-that-is-thrown-away-when-it-was-measured
bench-static: $(VENV)/dev.stamp
	$(MEASURED) $(BIN)/python manage.py collectstatic --noinput --verbosity 0

bench-sqlite: bench-static
	rm -f bench.sqlite3 bench.sqlite3-*
	$(MEASURED) DATABASE_URL=sqlite:///$(CURDIR)/bench.sqlite3 \
		$(BIN)/python manage.py bench $(RESULTS)/sqlite.json $(if $(LARGE),--large) $(BENCH)
	rm -f bench.sqlite3 bench.sqlite3-*

bench-postgresql: bench-static
	$(MEASURED) $(BIN)/python -m issues.management.bench.postgresql \
		$(BIN)/python manage.py bench $(RESULTS)/postgresql.json $(if $(LARGE),--large) $(BENCH)

bench-page: export DEBUG = true
bench-page: $(VENV)/dev.stamp
	$(BIN)/python manage.py bench_table $(RESULTS).md $(wildcard $(RESULTS)/sqlite.json $(RESULTS)/postgresql.json)

# Whether anything got slower from one run to another: BEFORE=a.json AFTER=b.json
bench-check: export DEBUG = true
bench-check: $(VENV)/dev.stamp
	$(BIN)/python manage.py bench_check $(BEFORE) $(AFTER)

# Faults in a sample of the code, and whether the tests notice: SAMPLE of each layer, drawn by SEED.
SAMPLE ?= 60
SEED ?= 1
.PHONY: mutants
mutants: export DEBUG = true
mutants: $(VENV)/dev.stamp
	$(BIN)/python manage.py mutants --sample $(SAMPLE) --seed $(SEED)

# What an installation is made of, looked at from outside. Its tools have an environment of their own.
AUDIT := .venv-audit
AUDITS = parts licences unsafe known-faults
$(AUDIT)/stamp: requirements/audit.txt
	test -x $(AUDIT)/bin/python || $(subst $(VENV),$(AUDIT),$(MAKE_VENV))
	$(subst $(VENV),$(AUDIT),$(INSTALL)) -r requirements/audit.txt
	touch $@

.PHONY: audit $(AUDITS)
audit:
	$(MAKE) --keep-going --no-print-directory $(AUDITS)
$(AUDITS): $(AUDIT)/stamp

parts:
	$(AUDIT)/bin/cyclonedx-py requirements requirements/base.txt --output-reproducible --output-file parts.cdx.json

# Of what is installed, the parts that an installation runs on; pyproject.toml says what is allowed.
licences: $(VENV)/run.stamp
	@$(AUDIT)/bin/pip-licenses --python=$(BIN)/python \
		--packages $$(sed -nE 's/^([A-Za-z0-9._-]+).*==.*/\1/p' requirements/base.txt) > $(AUDIT)/licences
	@echo "Licences: all $$(($$(wc -l < $(AUDIT)/licences) - 1)) are allowed."

unsafe:
	$(AUDIT)/bin/bandit --quiet --configfile pyproject.toml --recursive tracker issues

# What was not asked is not known to be sound: it fails where the database is not reached.
known-faults:
	@$(AUDIT)/bin/pip-audit --requirement requirements/base.txt --require-hashes --disable-pip \
		--vulnerability-service osv --progress-spinner off 2> $(AUDIT)/told || { tail -n 1 $(AUDIT)/told; \
		echo "Known faults: there are some, or OSV, which lists them, was not reached."; exit 1; }

lock:
	uv pip compile --quiet --universal --no-strip-extras --python-version 3.11 --generate-hashes requirements/base.in -o requirements/base.txt
	uv pip compile --quiet --universal --no-strip-extras --python-version 3.11 --generate-hashes requirements/dev.in -c requirements/base.txt -o requirements/dev.txt
	uv pip compile --quiet --universal --no-strip-extras --python-version 3.11 --generate-hashes requirements/audit.in -o requirements/audit.txt
