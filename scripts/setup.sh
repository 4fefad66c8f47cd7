#!/usr/bin/env bash
# Why: a fresh machine needs a few tools before it can build; this brings them in order and skips what is there.
# Use: scripts/setup.sh [run|test]; `run` brings what a release build needs, `test` Chromium and PostgreSQL as well.
set -euo pipefail
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"

steps=(install-wasm-target install-wasm-bindgen install-cargo-leptos install-node-packages)
case "${1:-run}" in
  run) ;;
  test) steps+=(install-browser install-postgres) ;;
  *) die "usage: scripts/setup.sh [run|test]" ;;
esac

need_rust
have cc || apt_install "a C compiler (SQLite and the TLS library are built from source)" gcc libc6-dev
for i in "${!steps[@]}"; do
  CONCIERGE_STEP="$((i + 1)) of ${#steps[@]}" "$CONCIERGE_ROOT/scripts/${steps[$i]}.sh"
done
