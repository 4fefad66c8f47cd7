#!/usr/bin/env bash
# Why: what /api/v1 answers is what its OpenAPI document promises: schemathesis makes requests of the document, sensible and nonsensical
# ones, and follows what they make. No answer may be a 500, of an undocumented status, or outside its schema.
# Use: scripts/api-conformance.sh [PROGRAM], by default the release build's; CONCIERGE_API_SECONDS (90) bounds it. The requests are the same
# at each run, so that a change is blamed for what it broke; CONCIERGE_API_SEED=random looks elsewhere each time, any number repeats that.
# The event stream is left out: it never ends. server/tests/it/api/events.rs has it.
set -euo pipefail
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"

program=${1:-$CONCIERGE_TARGET/release/concierge}
program=$(realpath "$program")
[ -x "$program" ] || die "there is no $program: run scripts/build.sh first"
tool=$(compgen -G "$CONCIERGE_CACHE/tools/schemathesis-*/whole" | sort -V | tail -n 1) ||
  die "schemathesis is missing: run scripts/install-schemathesis.sh first"

folder=$(mktemp -d)
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
port=$(free_port)
cd "$folder"
CONCIERGE_METRICS_LISTEN='' "$program" demo --without-ai --data-dir "$folder/data" --listen "127.0.0.1:$port" \
  --sandbox-listen "127.0.0.1:$(free_port)" >"$folder/server.log" 2>&1 &
server=$!
# A demo of its own, thrown away: nothing in it has to be finished.
trap 'kill -KILL "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT
for _ in $(seq 1 600); do
  curl --silent --fail --output /dev/null "http://127.0.0.1:$port/readyz" && break
  sleep 0.1
done

seed=${CONCIERGE_API_SEED:-1}
[ "$seed" != random ] || seed=$RANDOM$RANDOM
export CONCIERGE_DATABASE_URL="sqlite://$folder/data/demo.db"
key=$("$program" api-key create --tenant demo --name conformance --scopes read,write_rules,switch,credits)
unset CONCIERGE_DATABASE_URL
if ! "$(dirname "$tool")/bin/python" -m schemathesis.cli --config-file "$CONCIERGE_ROOT/scripts/schemathesis.toml" \
  run "http://127.0.0.1:$port/api/v1/openapi.json" --header "Authorization: Bearer $key" --exclude-path /api/v1/events \
  --checks all --max-time "${CONCIERGE_API_SECONDS:-90}" --rate-limit 45/s --seed "$seed" --no-color; then
  tail -n 20 "$folder/server.log" >&2
  die "an answer of the API is not what the document promises"
fi
