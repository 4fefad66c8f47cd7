#!/usr/bin/env bash
# Why: `make bench`: the throughput and latency figures of docs/. Installs nothing.
set -euo pipefail
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"
cd "$CONCIERGE_ROOT"

exec scripts/with-postgres.sh cargo bench -p server --locked "$@"
