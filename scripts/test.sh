#!/usr/bin/env bash
# Why: `make test`: every test, on both databases, against the API's document and in a real browser. Installs nothing (see setup.sh test).
# The release build comes last and stays, so `make run` starts in seconds afterwards. What tests draw is the same each time, so that a change
# is blamed for what it broke; `cargo test` looks elsewhere at each run.
set -euo pipefail
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"
cd "$CONCIERGE_ROOT"

export PROPTEST_RNG_SEED=${PROPTEST_RNG_SEED:-1} CONCIERGE_DRILL_SEED=${CONCIERGE_DRILL_SEED:-1}

timed() { # TITLE CMD…
  local title=$1 from=$SECONDS
  shift
  echo "=== $title"
  "$@"
  echo "=== $title: $((SECONDS - from)) s"
}

# Without `frontend`: it would switch on Leptos' browser half for the server too. The release build compiles it for WASM.
timed "Rust tests, compiling (may take about 10 min the first time)" \
  cargo test --workspace --exclude frontend --locked --no-run
timed "Rust tests on SQLite and PostgreSQL" \
  scripts/with-postgres.sh cargo test --workspace --exclude frontend --locked
timed "Release build" scripts/build.sh
timed "The API against its document" scripts/api-conformance.sh
timed "Browser tests" scripts/end2end.sh
