#!/usr/bin/env bash
# Why: what is linked into the program comes from the registry alone, under licences that fit, without what deny.toml bans, and without known
# weaknesses as far as the list of them can be had. Installs nothing (see install-cargo-deny.sh).
# CONCIERGE_ADVISORY_DB: a folder with a copy of RustSec's advisory-db, for machines that cannot fetch it.
set -euo pipefail
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"
cd "$CONCIERGE_ROOT"

# Without any tool: no crate from elsewhere than the registry, and each with its checksum.
elsewhere=$(grep '^source = ' Cargo.lock | grep -v '^source = "registry+' | sort -u || true)
[ -z "$elsewhere" ] || die "Cargo.lock names other sources than the registry:" "$elsewhere"
sources=$(grep -c '^source = ' Cargo.lock)
checksums=$(grep -c '^checksum = ' Cargo.lock)
[ "$sources" = "$checksums" ] || die "Cargo.lock lacks checksums: $sources crates of the registry, $checksums checksums"
echo "$sources crates, all from the registry and with a checksum"

if ! have cargo-deny; then
  echo "cargo-deny is not there (scripts/install-cargo-deny.sh): bans and known weaknesses were not looked at"
  exit 0
fi
cargo-deny --offline --locked --log-level error check bans licenses sources

if [ -n "${CONCIERGE_ADVISORY_DB:-}" ]; then
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  # The name that cargo-deny gives to the folder of RustSec's list.
  ln -s "$(realpath "$CONCIERGE_ADVISORY_DB")" "$folder/advisory-db-3157b0e258782691"
  sed "s|^\[advisories\]|&\ndb-path = \"$folder\"|" deny.toml >"$folder/deny.toml"
  echo "known weaknesses as of $(git -C "$CONCIERGE_ADVISORY_DB" log -1 --format=%cs)"
  cargo-deny --offline --locked --log-level error --config "$folder/deny.toml" check advisories
elif cargo-deny --locked fetch db >/dev/null 2>&1; then
  cargo-deny --offline --locked --log-level error check advisories
else
  echo "the list of known weaknesses cannot be fetched from here: it was not looked at (CONCIERGE_ADVISORY_DB names a copy)"
fi

# The browser's tools are not shipped; a severe weakness in one is still ours to mend.
if found=$(npm --prefix end2end audit --audit-level=high 2>&1); then
  echo "npm packages: no severe weakness known"
elif grep -q 'audit endpoint' <<<"$found"; then
  echo "npm's list of known weaknesses cannot be asked from here: it was not looked at"
else
  die "npm packages with known weaknesses:" "$found"
fi
