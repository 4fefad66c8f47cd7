#!/usr/bin/env bash
# Why: `make run`: installs what is missing, builds what has changed, starts the demo.
# Use: scripts/run.sh [arguments of `concierge demo`]
set -euo pipefail
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"
cd "$CONCIERGE_ROOT"

scripts/setup.sh run
scripts/build.sh
exec "$CONCIERGE_TARGET/release/concierge" demo "$@"
