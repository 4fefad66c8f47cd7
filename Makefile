# The few commands everybody uses. Each is one line; what it does stands in scripts/.
.DEFAULT_GOAL := help
.PHONY: help run test dev check sbom bench drill ai-conformance clean

help: ## this list
	@grep -E '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1	\2/' | expand -t 24

run: ## install what is missing, build, start the demo on http://127.0.0.1:3000
	@scripts/run.sh

test: ## install what is missing, run every test (Rust on SQLite and PostgreSQL, then Chromium)
	@scripts/setup.sh test && scripts/test.sh

dev: ## rebuild and reload on every change
	@scripts/dev.sh

check: ## format, lints, WASM graph, licences, supply chain, house rules
	@scripts/check.sh

sbom: ## list what is linked into the program: target/concierge.cdx.json (CycloneDX)
	@scripts/sbom.sh

bench: ## throughput and latency
	@scripts/bench.sh

drill: ## kill processes, lose databases, let the platforms fail
	@scripts/drill.sh

ai-conformance: ## the AI client against a real llama.cpp server, built on the first run
	@scripts/ai-conformance.sh $(MODEL)

clean: ## remove what was built; tools and data/ stay
	cargo clean && rm -rf end2end/node_modules end2end/test-results end2end/screenshots
