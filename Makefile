# Holdall. `make help` lists what can be asked for.

SHELL       := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:

# One set of tags everywhere: another one compiles SQLite again, for minutes.
TAGS   := webkit2_41,sqlite_fts5
# What turns the same source into a real window.
WINDOW := desktop,production,$(TAGS)
BIN    := build/bin

.PHONY: help setup demo test check bench build fmt clean
.PHONY: modules page page-test vet bindings vulncheck go-test browser window-test story

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## install what is missing on Debian or Ubuntu, and the modules of the page
	@build/setup.sh
	@$(MAKE) --no-print-directory modules

demo: build ## open the window on an invented company; without a display, play the story
	@build/demo.sh

test: setup page page-test check go-test build browser window-test story ## everything .ci/run runs
	@awk '/^ok/ {n++} /\(cached\)/ {c++} END {printf "make test: every step held; go test ran %d packages without a failure, %d of them from its cache.\n", n, c}' $(BIN)/go-test.txt

check: vet bindings ## formatting, vet on three systems, staticcheck, bindings

build: page $(BIN) ## the window and the server, into build/bin
	go build -tags $(TAGS) -o $(BIN)/holdalld ./cmd/holdalld
	go build -tags $(WINDOW) -ldflags '-s -w' -o $(BIN)/holdall .

bench: setup build ## the figures, as a table
	go test -tags $(TAGS) -run '^$$' -bench . ./...

fmt: ## format the Go files
	@find . -name node_modules -prune -o -name '*.go' -print0 | xargs -0 gofmt -w

clean: ## remove what was built
	rm -rf $(BIN)
	find frontend/dist -mindepth 1 ! -name .gitkeep -delete

$(BIN):
	@mkdir -p $@

# A copy of the lock inside node_modules tells whether it fits, and goes with it.
# Not `npm ci`: it insists on the builds for every other system too, which not
# every registry carries; the versions are pinned and the lock stays untouched.
modules:
ifneq ($(wildcard frontend/package-lock.json),)
	@cd frontend && { cmp -s package-lock.json node_modules/.installed.json \
	  || { npm install --no-save --no-audit --no-fund && cp package-lock.json node_modules/.installed.json; }; }
endif

page: modules
	cd frontend && npm run --silent build

page-test: page
	cd frontend && npm run --silent typecheck && npm run --silent lint
	cd frontend && npm run --silent contrast && npm run --silent size
	cd frontend && npm run --silent test

vet:
	@unformatted=$$(find . -name node_modules -prune -o -name '*.go' -print0 | xargs -0 gofmt -l); \
	if [ -n "$$unformatted" ]; then echo "make fmt would change: $$unformatted" >&2; exit 1; fi
	go vet -tags $(TAGS) ./...
	go tool staticcheck -tags $(TAGS) ./...
	GOOS=darwin CGO_ENABLED=0 go vet ./...
	GOOS=windows CGO_ENABLED=0 go vet ./...

bindings:
	build/bindings.sh $(TAGS)

vulncheck: ## known weaknesses in what we link; asks vuln.go.dev, so not part of test
	go run golang.org/x/vuln/cmd/govulncheck@v1.9.0 -tags $(TAGS) ./...

go-test: $(BIN)
	go test -vet=off -tags $(TAGS) -timeout 20m ./... 2>&1 | tee $(BIN)/go-test.txt

browser:
	build/browser.sh

window-test:
	build/selftest.sh

story:
	build/story.sh
