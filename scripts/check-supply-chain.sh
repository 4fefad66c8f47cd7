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
# It looks at the crates of every platform; a build fetches those of its own.
if ! timeout 120 cargo fetch --locked >/dev/null 2>&1; then
  echo "the crates of other platforms cannot be fetched from here: bans and known weaknesses were not looked at"
  exit 0
fi
cargo-deny --offline --locked --log-level error check bans licenses sources

# What became known since the last commit is nobody's fault in this one: it is told, and fails only where CONCIERGE_ADVISORIES=deny asks for it.
told() { # WHAT TEXT
  if [ "${CONCIERGE_ADVISORIES:-}" = deny ]; then die "$1:" "$2"; fi
  printf '%s:\n%s\n' "$1" "$2"
}

advisories() { # CONFIG
  local found
  found=$(cargo-deny --offline --locked --log-level error --config "$1" check advisories 2>&1) || told "crates with known weaknesses" "$found"
}
if [ -n "${CONCIERGE_ADVISORY_DB:-}" ]; then
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  # The name that cargo-deny gives to the folder of RustSec's list.
  ln -s "$(realpath "$CONCIERGE_ADVISORY_DB")" "$folder/advisory-db-3157b0e258782691"
  sed "s|^\[advisories\]|&\ndb-path = \"$folder\"|" deny.toml >"$folder/deny.toml"
  echo "known weaknesses as of $(git -C "$CONCIERGE_ADVISORY_DB" log -1 --format=%cs)"
  advisories "$folder/deny.toml"
elif timeout 30 cargo-deny --locked fetch db >/dev/null 2>&1; then
  advisories deny.toml
else
  echo "the list of known weaknesses cannot be fetched from here: it was not looked at (CONCIERGE_ADVISORY_DB names a copy)"
fi

# The browser's tools are not shipped; a severe weakness in one is still ours to mend.
if found=$(timeout 60 npm --prefix end2end audit --audit-level=high --fetch-retries=0 --fetch-timeout=10000 2>&1); then
  echo "npm packages: no severe weakness known"
elif grep -q '^Severity:' <<<"$found"; then
  told "npm packages with known weaknesses" "$found"
else
  echo "npm's list of known weaknesses cannot be asked from here: it was not looked at"
fi
