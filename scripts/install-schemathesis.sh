#!/usr/bin/env bash
# Why: schemathesis asks every address of /api/v1 what its OpenAPI document promises (scripts/api-conformance.sh).
# Installs: schemathesis, one pinned version, in a Python environment of its own in the cache's tools/ (see env.sh).
set -euo pipefail
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"

version=4.32.5
folder="$CONCIERGE_CACHE/tools/schemathesis-$version"

if [ -e "$folder/whole" ]; then
  present "schemathesis $version"
  exit 0
fi
step "schemathesis $version" "1 min"
make_python_environment "$folder"
quietly "$CONCIERGE_CACHE/logs/schemathesis.log" \
  "$folder/bin/pip" install --disable-pip-version-check "schemathesis==$version"
touch "$folder/whole"
