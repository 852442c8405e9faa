# Two commands: `make report YEAR=2025` makes the report, `make test` proves the program.
YEAR ?= 2025
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: report test lint docs system clean

report: $(STAMP) system
	@$(BIN)/reportgen doctor --quiet
	$(BIN)/reportgen build --year $(YEAR)

test: $(STAMP) system-test
	$(BIN)/python -m pytest -n 2 --dist loadfile

lint: $(STAMP)
	@status=0; \
	$(BIN)/ruff format --check . || status=1; \
	$(BIN)/ruff check . || status=1; \
	$(BIN)/mypy || status=1; \
	$(BIN)/lint-imports || status=1; \
	exit $$status

docs: $(STAMP)
	$(BIN)/python tools/docs.py

$(STAMP): requirements.lock pyproject.toml
	@sh tools/environment.sh "$(PYTHON)" "$(VENV)"
	@touch $(STAMP)

system:
	@sh tools/system.sh pango

.PHONY: system-test
system-test:
	@sh tools/system.sh pango chromium

clean:
	rm -rf $(VENV) outputs dist
