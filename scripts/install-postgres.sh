#!/usr/bin/env bash
# Why: every storage test also runs on PostgreSQL (scripts/with-postgres.sh starts a throw-away server for it).
# Installs: PostgreSQL's server and its standard extensions; the service of the package is left alone.
set -euo pipefail
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"

if pg_bin=$(postgres_bin); then
  present "PostgreSQL ($pg_bin)"
  exit 0
fi
step "PostgreSQL" "1 min"
apt_install "PostgreSQL" postgresql postgresql-contrib
postgres_bin >/dev/null || die "PostgreSQL was installed, but initdb and pg_ctl are not where they were expected"
