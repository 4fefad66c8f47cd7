#!/usr/bin/env bash
# Why: the browser tests need the release build's place and the system's Chromium. Installs nothing (see setup.sh test).
# Use: scripts/end2end.sh [playwright's arguments], after scripts/build.sh
set -euo pipefail
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"

export CONCIERGE_BIN="${CONCIERGE_BIN:-$CONCIERGE_TARGET/release/concierge}"
[ -x "$CONCIERGE_BIN" ] || die "there is no $CONCIERGE_BIN: run scripts/build.sh first"
cd "$CONCIERGE_ROOT/end2end"
exec npx --no-install playwright test "$@"
