#!/usr/bin/env bash
# Why: cargo-leptos builds the server, the WebAssembly and the style sheet together.
# Installs: cargo-leptos, one pinned version, into the cache's tools/ (see env.sh).
set -euo pipefail
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"

version=0.3.10 # 0.3.11 needs a newer rustc than 1.95
need_rust

if [ "$(cargo-leptos --version 2>/dev/null)" = "cargo-leptos $version" ]; then
  present "cargo-leptos $version"
  exit 0
fi
step "cargo-leptos $version" "5 min"

if have cargo-binstall && cargo binstall --no-confirm --disable-strategies compile --root "$CONCIERGE_CACHE/tools" \
  "cargo-leptos@$version" >/dev/null 2>&1 </dev/null; then
  exit 0
fi
# It mostly waits for rustc, so its own optimisation (17 min with its release profile) would buy nothing.
export CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_DEBUG=0 \
  CARGO_PROFILE_RELEASE_CODEGEN_UNITS=256
CARGO_TARGET_DIR="$CONCIERGE_CACHE/build/cargo-leptos" quietly "$CONCIERGE_CACHE/build/cargo-leptos.log" \
  cargo install --locked --root "$CONCIERGE_CACHE/tools" "cargo-leptos@$version"
rm -rf "$CONCIERGE_CACHE/build/cargo-leptos"
