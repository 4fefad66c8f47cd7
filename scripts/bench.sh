#!/usr/bin/env bash
# Why: `make bench`: throughput, latency, processor time, memory and sizes in one table; a missed target is a line in it, never a failure.
# Use: scripts/bench.sh [PART…] [sqlite|postgres] [--write]; parts: ack, latency, replies, stored, processes, neighbours, memory, ai,
# api, keywords, sizes; all of them without an argument. `scripts/bench.sh replies sqlite` takes two minutes at most, everything a quarter
# of an hour. `--write` also puts the whole table into docs/benchmarks.md. Installs nothing.
# CONCIERGE_BIN=PROGRAM       measures that build of the server instead of the one made here.
# CONCIERGE_BENCH_LONG=1      memory after 100,000 replies instead of 20,000.
set -euo pipefail
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"
cd "$CONCIERGE_ROOT"

with_postgres=(scripts/with-postgres.sh)
case " $* " in
  *" postgres "*) ;;
  *" sqlite "* | " keywords " | " sizes ") with_postgres=() ;;
esac
exec "${with_postgres[@]}" cargo bench -p server --locked --bench spine -- "$@"
