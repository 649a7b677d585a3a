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

.PHONY: help setup demo test check bench simulate planted soak awake build fmt clean
.PHONY: modules page page-test vet bindings vulncheck go-test score browser siege window-test story

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## install what is missing on Debian or Ubuntu, and the modules of the page
	@build/setup.sh
	@$(MAKE) --no-print-directory modules

demo: setup build ## open the window on an invented company; without a display, play the story
	@build/demo.sh

test: setup page page-test check go-test awake build score browser siege window-test story ## everything .ci/run runs
	@awk '/^ok/ {n++} /\(cached\)/ {c++} END {printf "make test: every step held; go test ran %d packages without a failure, %d of them from its cache.\n", n, c}' $(BIN)/go-test.txt

check: vet bindings ## formatting, vet on three systems, staticcheck, bindings

build: page $(BIN) ## the window and the server, into build/bin
	go build -tags $(TAGS) -o $(BIN)/holdalld ./cmd/holdalld
	go build -tags $(WINDOW) -ldflags '-s -w' -o $(BIN)/holdall .

# Volumes of the figures, and which of them: make bench ONLY=cold ROWS=20000
ROWS    := 100000
DOCS    := 20000
TICKETS := 100000
EDITS   := 300
MAILS   := 6000
FILES   := 100
DEVICES := 2000
COMMITS := 50000
STOCK   := 100000
PENDING := 16000
MAILBOXES := 50
WAITING := 20000
ONLY    := .

bench: setup build ## the figures, as a table
	@cd bench/peers && { cmp -s package-lock.json node_modules/.installed.json || { npm ci --no-audit --no-fund && cp package-lock.json node_modules/.installed.json; }; }
	@go test -tags $(TAGS) -timeout 60m ./bench -run '^$$' -bench 'Benchmark/$(ONLY)' -benchtime 1x \
	  -rows $(ROWS) -docs $(DOCS) -tickets $(TICKETS) -edits $(EDITS) -mails $(MAILS) -mailboxes $(MAILBOXES) -files $(FILES) -waiting $(WAITING) \
	  -clients $(DEVICES) -commits $(COMMITS) -stock $(STOCK) -pending $(PENDING)

.PHONY: waiting growth
waiting: setup ## take in a mailbox in which MAILS mails wait: make waiting MAILS=200000
	@go test -tags $(TAGS) -timeout 6h ./bench -run '^$$' -bench 'Benchmark/waiting' -benchtime 1x -waiting $(MAILS)

growth: setup ## what a mail costs as the desk grows to STOCK tickets: make growth STOCK=1000000
	@go test -tags $(TAGS) -timeout 6h ./bench -run '^$$' -bench 'Benchmark/growth' -benchtime 1x -stock $(STOCK) -mails $(MAILS)

# How often each program is killed or loses its power, how often its disk is
# full and how often it fails, and what decides the instants.
COUNT   := 200
AILS    := 20
SEED    := 1
# How many laptops are parted from their hub, how often, and for how long at
# most; what lasts above a minute, both sides give up in between (SPEC P15).
CLIENTS := 5
RUNS    := 10
LASTING := 3s

ORDEAL = go test -tags $(TAGS) -count 1 -timeout 6h ./sync/ordeal -v -seed $(SEED)

.PHONY: kill powercut partition
kill: setup ## kill laptop, hub, a hub of two senders and PostgreSQL COUNT times each, let disks ail AILS times
	$(ORDEAL) -run 'Killed|Frozen|InsideCommit|Ails' -kills $(COUNT) -ails $(AILS)

powercut: setup ## cut the power of hub and laptop COUNT times each; without fsync they must lose
	$(ORDEAL) -run 'PowerCut' -cuts $(COUNT)

partition: setup ## part CLIENTS laptops from their hub RUNS times
	$(ORDEAL) -run 'Partition' -clients $(CLIENTS) -runs $(RUNS) -lasting $(LASTING)

fmt: ## format the Go files
	@find . -name node_modules -prune -o -name '*.go' -print0 | xargs -0 gofmt -w

# Which worlds: make simulate FROM=500001 SEEDS=500000 goes on where another run
# ended; the traces of both add up to the trace of one run over all of them.
SEEDS := 2000
FROM  := 1
JOBS  := 2
STEPS := 300

simulate: ## worlds of laptops and hubs that fail in every way: make simulate SEEDS=100000
	@go test -vet=off -tags $(TAGS) -count 1 -timeout 0 -v ./sync/simulation -run '^TestWorlds$$' \
	  -seeds $(SEEDS) -from $(FROM) -jobs $(JOBS) -steps $(STEPS)

planted: SEEDS := 10000
planted: ## plant bugs, one at a time, and see each caught by the worlds: make planted SEEDS=10000
	@go run ./sync/simulation/plant -tags $(TAGS) -seeds $(SEEDS) -from $(FROM) -jobs $(JOBS)

soak: ## ten laptops, five days without a hub, 500 edits each
	@go test -vet=off -tags $(TAGS) -count 1 -timeout 0 -v ./sync/simulation -run '^TestFiveDaysOffline$$' -edits 500

awake: # a few of the planted bugs, each by its seed
	@go run ./sync/simulation/plant -tags $(TAGS) -known

clean: ## remove what was built
	rm -rf $(BIN)
	find frontend/dist -mindepth 1 ! -name .gitkeep -delete

$(BIN):
	@mkdir -p $@

# A copy of the lock inside node_modules tells whether it fits, and goes with it.
modules:
ifneq ($(wildcard frontend/package-lock.json),)
	@cd frontend && { cmp -s package-lock.json node_modules/.installed.json \
	  || { npm ci --no-audit --no-fund && cp package-lock.json node_modules/.installed.json; }; }
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
	go test -vet=off -tags $(TAGS) -timeout 45m ./... 2>&1 | tee $(BIN)/go-test.txt

score: ## how well the shared mails are read, against the record
	go run ./build/score $(BIN)/holdalld

browser:
	build/browser.sh

siege: ## hostile mails in real browsers, with the walls around them taken away one by one
	build/siege.sh

window-test:
	build/selftest.sh

story:
	build/story.sh
