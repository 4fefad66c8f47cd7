#!/usr/bin/env bash
# Why: `make dev`: the demo, rebuilt and reloaded in the browser on every change (a debug build).
# Use: scripts/dev.sh [arguments of `concierge demo`]
set -euo pipefail
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"
cd "$CONCIERGE_ROOT"

scripts/setup.sh run
# A site of its own, so that it does not empty the release build's. No hashes in names: cargo-leptos only makes them in
# full builds, not when it rebuilds after a change.
export LEPTOS_SITE_ROOT=CARGO_TARGET_DIR/debug/site LEPTOS_HASH_FILES=false
exec cargo leptos watch --split -- demo "$@"
