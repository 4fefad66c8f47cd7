#!/usr/bin/env bash
# Why: whoever runs the program can hold what is linked into it against lists of weaknesses and licences of their own.
# Use: scripts/sbom.sh [FILE], by default target/concierge.cdx.json: CycloneDX 1.5, the crates of the server and of what the browser is
# sent, each with version, licence, package URL and the checksum of Cargo.lock. Two runs on one commit write the same bytes.
# CONCIERGE_SBOM_TARGET: the server's target triple, when it is built for another machine.
# Installs nothing: cargo says what is linked, Node.js (install-node-packages.sh) writes the file. Fails when a crate lacks any of these.
set -euo pipefail
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"
file=$(realpath -m "${1:-$CONCIERGE_ROOT/target/concierge.cdx.json}")
cd "$CONCIERGE_ROOT"
need_rust
have node || die "Node.js is missing: run scripts/install-node-packages.sh"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
target=${CONCIERGE_SBOM_TARGET:-$(rustc -vV | sed -n 's/^host: //p')}

# Macros run while the program is built and are not in it.
linked() { # PACKAGE TARGET
  cargo tree --locked -p "$1" --target "$2" --no-default-features -e normal,no-proc-macro --prefix none --format '{p}' |
    cut -d' ' -f1,2 | sort -u
}
linked server "$target" >"$work/server"
linked frontend wasm32-unknown-unknown >"$work/browser"
cargo metadata --locked --format-version 1 >"$work/metadata.json"

mkdir -p "$(dirname "$file")"
SBOM_TARGET=$target SBOM_COMMIT=$(git rev-parse HEAD 2>/dev/null || true) \
  SBOM_TIME=$(TZ=UTC git log -1 --format=%cd --date=format-local:%Y-%m-%dT%H:%M:%SZ 2>/dev/null || true) \
  node scripts/sbom.mjs "$work" Cargo.lock >"$work/sbom.json"
mv "$work/sbom.json" "$file"
echo "$(grep -c '"purl"' "$file") crates, each with licence and checksum: $file"
