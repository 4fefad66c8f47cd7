#!/usr/bin/env bash
# Why: the release build (server, WebAssembly shrunk by wasm-opt, style sheet, gzip and brotli copies) in one place.
# Installs nothing (see setup.sh). cargo-leptos empties and redoes the site every time, so it is not called at all
# when no source is newer than the last build.
set -euo pipefail
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"
cd "$CONCIERGE_ROOT"

release="$CONCIERGE_TARGET/release"
stamp="$release/.built"
sources=(Cargo.toml Cargo.lock app frontend server crates migrations style)
[ ! -d .cargo ] || sources+=(.cargo)

# Up to date: the server and the site it names are there, and no source is newer than the last build of this checkout.
# Folders count as sources: deleting a file makes its folder newer.
up_to_date() {
  local js
  js=$(sed -n 's/^js: //p' "$release/hash.txt" 2>/dev/null)
  [ -x "$release/concierge" ] && [ -f "$release/site/pkg/concierge.$js.js" ] &&
    [ "$(cat "$stamp" 2>/dev/null)" = "$CONCIERGE_ROOT" ] &&
    [ -z "$(find "${sources[@]}" -newer "$stamp" -print -quit)" ]
}
if up_to_date; then
  echo "release build: up to date"
  exit 0
fi
echo "release build (may take about 10 min the first time, 1 min after a change)"

mkdir -p "$release"
rm -f "$stamp"
echo "$CONCIERGE_ROOT" >"$stamp.new" # made before the build: what changes meanwhile is newer
cargo leptos build --release --split --precompress --cargo-locked
mv "$stamp.new" "$stamp"
