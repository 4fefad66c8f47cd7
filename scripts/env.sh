# shellcheck shell=bash
# Where builds and tools live. Source it (`. scripts/env.sh`), from any folder, before calling cargo by hand.
#
# CONCIERGE_CACHE   tools (cargo-leptos, wasm-bindgen) and the warm build of CI; default ~/.cache/concierge
# CARGO_TARGET_DIR  on a developer's machine cargo's own default, target/ in the checkout. CI clones afresh every
#                   time, so there it is a folder in the cache, or every run would compile 700 crates again.
#                   Two checkouts edited side by side must not share one: cargo compares file times, not contents.
# CONCIERGE_INTENT_MODEL  the file that scripts/intent-model.sh makes; in the cache too, so that every checkout finds it
# PATH              the tools above, cargo's own folder, and binaryen's wasm-opt (installed by npm in end2end/)

CONCIERGE_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export CONCIERGE_ROOT
export CONCIERGE_CACHE="${CONCIERGE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/concierge}"

export CONCIERGE_INTENT_MODEL="${CONCIERGE_INTENT_MODEL:-$CONCIERGE_CACHE/intent-model/use-multilingual-3.bin}"

if [ -z "${CARGO_TARGET_DIR:-}" ] && [ "${CI:-}" = true ]; then
  export CARGO_TARGET_DIR="$CONCIERGE_CACHE/target-ci"
fi
# The folder that holds debug/ and release/, for scripts that need a file from it.
export CONCIERGE_TARGET="${CARGO_TARGET_DIR:-$CONCIERGE_ROOT/target}"

for dir in "${CARGO_HOME:-$HOME/.cargo}/bin" "$CONCIERGE_ROOT/end2end/node_modules/binaryen/bin" "$CONCIERGE_CACHE/tools/bin"; do
  case ":$PATH:" in
    *":$dir:"*) ;;
    *) PATH="$dir:$PATH" ;;
  esac
done
unset dir
export PATH
