#!/usr/bin/env bash
# Why: the browser must never be sent code that does I/O: no database, no HTTP client, no sockets, none of our server
# crates. Looks at the dependency graph of `frontend` for wasm32, as cargo-leptos builds it. Installs nothing.
set -euo pipefail
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"
cd "$CONCIERGE_ROOT"

forbidden='sqlx|sqlx-.*|libsqlite3-sys|sea-orm|sea-orm-.*|sea-query|sea-query-.*|apalis|apalis-.*'
forbidden+='|reqwest|hyper|hyper-util|rustls|ring|aws-lc-.*|mio|socket2|axum|axum-.*|tower-http|argon2'
forbidden+='|engine|migrations|sandbox|server'

graph=$(cargo tree --locked -p frontend --target wasm32-unknown-unknown --no-default-features \
  -e normal,no-proc-macro --prefix none --format '{p} [{f}]' | sed 's/ (\*)$//' | sort -u)
found=$(grep -E "^($forbidden) v" <<<"$graph" || true)
found+=$(grep -E '^tokio v.*[[,](net|full|mio)[],]' <<<"$graph" || true)

if [ -n "$found" ]; then
  echo "in the WASM graph of frontend, where nothing that does I/O may be:" >&2
  printf '%s\n' "$found" >&2
  crate=$(head -n 1 <<<"$found" | cut -d' ' -f1)
  echo "how $crate gets there:" >&2
  cargo tree --locked -p frontend --target wasm32-unknown-unknown --no-default-features -e normal,no-proc-macro -i "$crate" >&2 || true
  exit 1
fi
echo "$(grep -c . <<<"$graph") crates, none that does I/O"
