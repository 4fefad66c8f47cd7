#!/usr/bin/env bash
# Why: `make drill`: processes killed, databases gone, platforms failing; too slow and too rough for `make test`.
# Installs nothing (see setup.sh test).
set -euo pipefail
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"
cd "$CONCIERGE_ROOT"

exec scripts/with-postgres.sh cargo test --release -p server --locked --test drill -- --ignored --nocapture "$@"
