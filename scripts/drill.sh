#!/usr/bin/env bash
# Why: `make drill`: fifty kills and a thousand DMs on each database, floods and disasters, too long for `make test`; the tables go to
# docs/drill.md. CONCIERGE_DRILL_SEED, _KILLS and _DMS choose the seed and the size, CONCIERGE_BIN a build that is there already, arguments
# the tests. Installs nothing (see setup.sh test).
set -euo pipefail
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"
cd "$CONCIERGE_ROOT"

if [ -z "${CONCIERGE_BIN:-}" ]; then
  scripts/build.sh
  export CONCIERGE_BIN="$CONCIERGE_TARGET/release/concierge"
fi
previous=$(scripts/previous-release.sh) || previous= # it cannot be built here: the drill says that it does without
export CONCIERGE_PREVIOUS_TAG="${previous%% *}" CONCIERGE_PREVIOUS_BIN="${previous#* }"
# One after the other: each has the machine to itself.
exec scripts/with-postgres.sh cargo test -p server --locked --test drill -- --ignored --nocapture --test-threads=1 "$@"
