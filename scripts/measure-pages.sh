#!/usr/bin/env bash
# Why: what pages cost a phone on a slow line, and what Lighthouse says of them; the lines fit into the table of docs/benchmarks.md.
# Use: scripts/measure-pages.sh [slow-line|lighthouse], after scripts/build.sh. Installs Lighthouse, one pinned version, in the cache's
# tools/ (see env.sh): it is several times larger than what the browser tests need.
set -euo pipefail
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"

version=13.5.0
folder="$CONCIERGE_CACHE/tools/lighthouse-$version"
if [ ! -e "$folder/whole" ]; then
  step "Lighthouse $version" "1 min"
  mkdir -p "$folder"
  quietly "$CONCIERGE_CACHE/logs/lighthouse.log" npm install --prefix "$folder" --no-save --no-audit --no-fund "lighthouse@$version"
  touch "$folder/whole"
fi
export CONCIERGE_LIGHTHOUSE="$folder/node_modules/lighthouse"
exec "$CONCIERGE_ROOT/scripts/end2end.sh" --config measure.config.ts "$@"
