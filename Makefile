# Everything a newcomer types. The work is done by the scripts, which install what they lack.
.DEFAULT_GOAL := help
.PHONY: help run test build bench soak fuzz test-real lint

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Build and serve on http://127.0.0.1:3000 (ARGS="--addr …" goes to the server)
	@scripts/run.sh $(ARGS)

test: ## Run every test, the browser journeys included (ARGS="name" picks some journeys)
	@scripts/test.sh $(ARGS)

build: ## Make the release folder dist/sluicegate
	@scripts/build.sh

bench: ## Run the benchmarks
	@scripts/bench.sh

soak: ## Run the domain over a million made documents (DOCUMENTS=n SEED=n picks others)
	@scripts/soak.sh $(or $(DOCUMENTS),1000000) $(SEED) $(FROM)

fuzz: ## Fuzz the domain, SECONDS=n for each target, a minute by default (TARGETS="name" picks some)
	@scripts/fuzz.sh $(or $(SECONDS),60) $(TARGETS)

test-real: ## Run the suites that need outside services
	@scripts/test-real.sh

lint: ## Check the format, clippy, the dependencies and the scripts
	@scripts/lint.sh
