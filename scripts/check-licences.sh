#!/usr/bin/env bash
# Why: everything linked into the program must be under a licence that lets us ship it as MIT OR Apache-2.0.
# Reads the licence expressions cargo knows; no tool to install. One line per crate that does not fit.
set -euo pipefail
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"
cd "$CONCIERGE_ROOT"

allowed='MIT MIT-0 Apache-2.0 Apache-2.0_WITH_LLVM-exception BSD-1-Clause BSD-2-Clause BSD-3-Clause BSL-1.0 ISC Zlib'
allowed+=' 0BSD CC0-1.0 Unlicense Unicode-3.0 Unicode-DFS-2016 CDLA-Permissive-2.0 MPL-2.0 OpenSSL'

# Crates that ship a licence file instead of naming the licence; read and found to fit.
read_by_hand='apalis-postgres' # MIT

# An expression becomes arithmetic: a licence is 1 when allowed, else 0; AND is *, OR (also written /) is +.
fits() {
  local expression=${1// WITH /_WITH_} sum='' word
  expression=${expression//\// OR }
  expression=${expression//(/ ( }
  expression=${expression//)/ ) }
  for word in $expression; do
    case "$word" in
      '(' | ')') sum+=$word ;;
      AND) sum+='*' ;;
      OR) sum+='+' ;;
      *) if [[ " $allowed " == *" $word "* ]]; then sum+=1; else sum+=0; fi ;;
    esac
  done
  [ -n "$sum" ] && [ "$((sum))" -gt 0 ]
}

bad=0
count=0
while IFS='|' read -r licence crate; do
  count=$((count + 1))
  fits "$licence" && continue
  [[ " $read_by_hand " == *" ${crate%% *} "* ]] && continue
  echo "  ${crate%% (*}: '${licence:-no licence given}'" >&2
  bad=1
done < <(
  # This machine's graph and the browser's: those of systems we do not build for would have to be downloaded first.
  for target in '' wasm32-unknown-unknown; do
    cargo tree --locked --workspace ${target:+--target "$target"} -e normal,build --prefix none --format '{l}|{p}'
  done | grep . | sed 's/ (\*)$//' | sort -u
)
[ "$bad" = 0 ] || die "these licences are not on the list in scripts/check-licences.sh"
echo "$count crates, all under a permitted licence"
