#!/usr/bin/env bash
# Why: `make check`: everything that can be judged without running the program. Installs nothing.
# Goes on after a finding, so that one run shows them all; exit 1 if there was one.
set -uo pipefail
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"
cd "$CONCIERGE_ROOT" || exit 1

failed=()
check() { # TITLE CMD…
  local title=$1 from=$SECONDS
  shift
  echo "=== $title"
  if "$@"; then
    echo "=== $title: ok, $((SECONDS - from)) s"
  else
    echo "=== $title: FAILED, $((SECONDS - from)) s"
    failed+=("$title")
  fi
}

check "Rust format" cargo fmt --all --check
check "House rules" scripts/check-house-rules.sh
check "WASM graph" scripts/check-wasm-graph.sh
check "Licences" scripts/check-licences.sh
check "Supply chain" scripts/check-supply-chain.sh
# Two runs: with both halves of Leptos in one build, neither is what ships.
check "Clippy, server side" cargo clippy --workspace --exclude frontend --all-targets --locked -- -D warnings
check "Clippy, browser side" cargo clippy -p frontend --target wasm32-unknown-unknown --locked -- -D warnings
check "TypeScript" npm --prefix end2end run --silent check
if have shellcheck; then
  check "Shell scripts" shellcheck -x scripts/*.sh .ci/run
fi

[ "${#failed[@]}" = 0 ] && exit 0
printf '\n%s\n' "failed: ${failed[*]}" >&2
exit 1
