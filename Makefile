# make setup | demo | test | lint | bench | system      (make help tells more)
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

VENV := .venv
STAMP := $(VENV)/.installed
PIP := $(VENV)/bin/python -m pip --disable-pip-version-check --quiet

.PHONY: help setup demo test lint bench system clean

help:
	@echo "make setup    cài vào $(VENV) đúng các phiên bản trong requirements.lock"
	@echo "make demo     cài, rồi đọc các kế hoạch mẫu: data/raw -> data/processed"
	@echo "make test     cài, soát mã (ruff, mypy), rồi chạy kiểm thử"
	@echo "make lint     chỉ soát mã"
	@echo "make bench    đo tốc độ"
	@echo "make system   cài bộ nhận dạng chữ và bộ chuyển tệp Word cũ nếu thiếu (make setup cũng làm; cần quyền root, Debian/Ubuntu)"
	@echo "make clean    xóa $(VENV) và các tệp tạm của công cụ"

setup: $(STAMP)

# Once for each change of the lock or the project's own metadata; the stamp is made last, so a broken setup runs again.
$(STAMP): requirements.lock pyproject.toml
	@rm -f $(STAMP)
	@.ci/system-packages
	@.ci/make-venv $(VENV)
	@echo "Cài thư viện theo requirements.lock …"
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $(STAMP)
	@echo "Đã cài. Thử: $(VENV)/bin/kehoach --help"

# Status 10 is success with some files left for a person, as the summary tells; every other status but 0 is a failure.
demo: setup
	@status=0; $(VENV)/bin/kehoach run data/raw --out data/processed || status=$$?; \
	if [ $$status -ne 0 ] && [ $$status -ne 10 ]; then exit $$status; fi

test: setup lint
	$(VENV)/bin/pytest

lint: setup
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy

bench: setup
	@for script in benchmarks/bench_*.py; do echo "== $$script"; $(VENV)/bin/python "$$script"; done

system:
	@.ci/system-packages

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
