#!/usr/bin/env bash
# Why: standardwebhooks is a library for receivers that others wrote; a test has it verify what we sign
# (crates/engine/tests/outgoing_webhooks/others.rs).
# Installs: standardwebhooks, one pinned file, in a Python environment of its own in the cache's tools/ (see env.sh).
set -euo pipefail
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"

version=1.1.0
hash=9a88d48a1f198be61517fc7ad328cf58ba02b73f0fbd8941d4213e9c0b6c2a61
folder="$CONCIERGE_CACHE/tools/standardwebhooks-$version"

if [ -e "$folder/whole" ]; then
  present "standardwebhooks $version"
  exit 0
fi
step "standardwebhooks $version" "10 s"
make_python_environment "$folder"
# It needs no other package; one that came with a later version would have no hash here, and be refused.
echo "standardwebhooks==$version --hash=sha256:$hash" >"$folder/requirements.txt"
quietly "$CONCIERGE_CACHE/logs/standardwebhooks.log" \
  "$folder/bin/pip" install --disable-pip-version-check --require-hashes --only-binary :all: --requirement "$folder/requirements.txt"
touch "$folder/whole"
