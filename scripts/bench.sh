#!/usr/bin/env bash
# Why: `make bench`: throughput, latency, memory and sizes in one table; a missed target is a line in it, never a failure.
# Use: scripts/bench.sh [--write]; `--write` also puts the table into docs/benchmarks.md. Installs nothing.
set -euo pipefail
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"
cd "$CONCIERGE_ROOT"

exec scripts/with-postgres.sh cargo bench -p server --locked --bench spine -- "$@"
