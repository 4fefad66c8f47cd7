#!/usr/bin/env bash
# Why: wasm-bindgen's command must be of exactly the version the crate wasm-bindgen has in Cargo.lock.
# Installs: wasm-bindgen-cli of that version, into the cache's tools/ (see env.sh).
set -euo pipefail
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"

need_rust
version=$(locked_version wasm-bindgen)
[ -n "$version" ] || die "Cargo.lock does not say which version of wasm-bindgen is used"

# "wasm-bindgen 0.2.130", or with a commit behind it
case "$(wasm-bindgen --version 2>/dev/null) " in
  "wasm-bindgen $version "*)
    present "wasm-bindgen $version"
    exit 0
    ;;
esac
step "wasm-bindgen $version" "3 min"

if have cargo-binstall && cargo binstall --no-confirm --disable-strategies compile --root "$CONCIERGE_CACHE/tools" \
  "wasm-bindgen-cli@$version" >/dev/null 2>&1 </dev/null; then
  exit 0
fi
# Without --locked: the lock file published with the crate has named a dependency that was withdrawn.
export CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_DEBUG=0
CARGO_TARGET_DIR="$CONCIERGE_CACHE/build/wasm-bindgen" quietly "$CONCIERGE_CACHE/build/wasm-bindgen.log" \
  cargo install --root "$CONCIERGE_CACHE/tools" "wasm-bindgen-cli@$version"
rm -rf "$CONCIERGE_CACHE/build/wasm-bindgen"
