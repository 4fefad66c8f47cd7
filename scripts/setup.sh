#!/usr/bin/env bash
# Why: a fresh machine needs a few tools before it can build; this brings them in order and skips what is there.
# Use: scripts/setup.sh [run|test]; `run` brings what a release build and its demo need, `test` Chromium, PostgreSQL,
# schemathesis and standardwebhooks as well.
set -euo pipefail
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"

steps=(install-wasm-target install-wasm-bindgen install-cargo-leptos install-node-packages)
case "${1:-run}" in
  run) without_model=true ;;
  test) steps+=(intent-model install-browser install-postgres install-cargo-deny install-schemathesis install-standardwebhooks) ;;
  *) die "usage: scripts/setup.sh [run|test]" ;;
esac

need_rust
have cc || apt_install "a C compiler (SQLite and the TLS library are built from source)" gcc libc6-dev
for i in "${!steps[@]}"; do
  CONCIERGE_STEP="$((i + 1)) of ${#steps[@]}" "$CONCIERGE_ROOT/scripts/${steps[$i]}.sh"
done
# The demo starts without the model too; then its rules with an intent say what is missing.
if [ "${without_model:-}" = true ]; then
  "$CONCIERGE_ROOT/scripts/intent-model.sh" || echo "going on without the intent model: docs/ai.md says what that means"
fi
