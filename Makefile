# nnspec: `make run` and `make test` are all a fresh machine with Swift needs; `make help` lists the rest.

SWIFT ?= swift
PREFIX ?= /usr/local
ROUNDS ?= 5
FILES ?= 10000
KILLS ?= 100
BINARY := .build/release/nnspec
SOURCES := Sources Tests Benchmarks Package.swift

# Linux: link the Swift libraries statically, so that the binary runs where Swift is not installed and starts in milliseconds.
ifeq ($(shell uname -s),Linux)
STATIC := --static-swift-stdlib
endif

.DEFAULT_GOAL := help
.PHONY: help setup build run test fuzz kill lint format docs schema-check accuracy bench bench-peers install uninstall clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

setup: ## install the system libraries that are missing (libyaml, zlib, sqlite)
	@scripts/setup.sh

build: setup ## build the release binary, .build/release/nnspec
	$(SWIFT) build -c release --product nnspec $(STATIC)

run: build ## set up, build, and train specs/iris.yaml
	$(BINARY) train specs/iris.yaml

# The binary comes first: the process tests run it. The tests run optimised too, since the kernels are only meant so.
# `swift test` may link the binary anew, against the toolchain's libraries; the last line leaves the one for users.
# A public validator judges the JSON Schema; it comes from PyPI at the first run and stays in .build.
test: build ## set up and run all tests (needs python3; the first time PyPI)
	@scripts/setup.sh --tests
	scripts/check_schema.sh
	$(SWIFT) test -c release --disable-xctest
	@$(SWIFT) build -c release --product nnspec $(STATIC) >/dev/null
	@if command -v python3 >/dev/null; then $(MAKE) --no-print-directory fuzz kill FILES=300 KILLS=20; \
	else echo "no python3: fuzzers and kills are left out"; fi

kill: ## kill trainings KILLS=100 times at random moments, resume them and compare (needs python3)
	python3 scripts/kill_campaign.py $(KILLS)
	python3 scripts/kill_campaign.py $(KILLS) --spec folds

fuzz: ## write FILES=10000 random YAML files, broken specs and broken data files, and look how they are taken (needs python3)
	python3 scripts/fuzz_yaml.py $(FILES)
	python3 scripts/mutate_specs.py $(FILES)
	python3 scripts/fuzz_data.py $(FILES)

lint: ## check layout, rules and the laws that text can show
	$(SWIFT) format lint --strict --recursive $(SOURCES)
	scripts/check_style.sh

format: ## lay the Swift files out as `make lint` wants them
	$(SWIFT) format --in-place --recursive $(SOURCES)

docs: build ## write the pages of docs/ that nnspec itself prints
	scripts/generate_docs.sh $(BINARY)

schema-check: build ## the part of `make test` in which a public validator judges the JSON Schema
	scripts/check_schema.sh

accuracy: build ## compare the accuracy on five data sets with scikit-learn's (needs python3, no packages)
	python3 scripts/accuracy.py

bench: build ## measure steps, inference, reading and whole runs; best of ROUNDS=5
	$(SWIFT) build -c release --product nnspec-bench $(STATIC)
	scripts/bench.sh $(ROUNDS)

bench-peers: build ## compare with JAX, scikit-learn ... in turn (needs python3 and PyPI; TORCH=wheel adds PyTorch)
	$(SWIFT) build -c release --product nnspec-bench $(STATIC)
	scripts/bench_peers.sh $(ARGUMENTS)

install: build ## copy the binary and its manual page to PREFIX=/usr/local
	mkdir -p "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(PREFIX)/share/man/man1"
	install -m 755 $(BINARY) "$(DESTDIR)$(PREFIX)/bin/nnspec"
	install -m 644 docs/nnspec.1 "$(DESTDIR)$(PREFIX)/share/man/man1/nnspec.1"

uninstall: ## remove the binary and its manual page from PREFIX
	rm -f "$(DESTDIR)$(PREFIX)/bin/nnspec" "$(DESTDIR)$(PREFIX)/share/man/man1/nnspec.1"

clean: ## remove what was built and trained
	rm -rf .build specs/runs
