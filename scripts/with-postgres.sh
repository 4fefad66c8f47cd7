#!/usr/bin/env bash
# Why: tests need an empty PostgreSQL of their own, wherever they run, and nothing may be left of it afterwards.
# Use: scripts/with-postgres.sh CMD… starts a throw-away cluster on a free port, runs CMD with
# CONCIERGE_TEST_POSTGRES_URL (a superuser, so tests may create databases and extensions), stops and deletes it.
# fsync stays on: the tests are about what survives a crash. Installs nothing (see install-postgres.sh).
set -euo pipefail
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"

[ "$#" -gt 0 ] || die "usage: scripts/with-postgres.sh CMD…"
bin=$(postgres_bin) || die "PostgreSQL is missing: run scripts/install-postgres.sh"

# The server refuses to run as root; the package made a user for it.
run() { (cd "$work" && "$@"); }
if [ "$(id -u)" = 0 ]; then
  id postgres >/dev/null 2>&1 || die "there is no user 'postgres' to run the server as, and it refuses to run as root"
  run() { (cd "$work" && runuser -u postgres -- "$@"); }
fi

work=$(mktemp -d "${TMPDIR:-/tmp}/concierge-postgres.XXXXXX")
data="$work/data"
cleanup() {
  if [ -f "$data/postmaster.pid" ]; then
    run "$bin/pg_ctl" stop -D "$data" -m immediate -s >/dev/null 2>&1 || true
  fi
  rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
echo "$password" >"$work/password"
[ "$(id -u)" != 0 ] || chown -R postgres "$work"
run "$bin/initdb" -D "$data" -U postgres -E UTF8 --no-locale --auth=password --pwfile="$work/password" \
  >"$work/initdb.log" 2>&1 || { cat "$work/initdb.log" >&2; die "initdb failed"; }

start() { # PORT
  run "$bin/pg_ctl" start -D "$data" -w -t 60 -l "$work/server.log" \
    -o "-p $1 -h 127.0.0.1 -c unix_socket_directories='' -c max_connections=300" >/dev/null 2>&1 </dev/null
}
# A port that is taken makes the start fail: try another.
for _ in 1 2 3 4 5 6 7 8; do
  port=$((20000 + RANDOM % 30000))
  start "$port" && break
  port=
done
[ -n "$port" ] || { tail -n 20 "$work/server.log" >&2; die "PostgreSQL did not start"; }

export CONCIERGE_TEST_POSTGRES_URL="postgres://postgres:$password@127.0.0.1:$port/postgres"
"$@"
