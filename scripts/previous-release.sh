#!/usr/bin/env bash
# Why: `make drill` runs the release before this one on this one's schema, as a deployment does that is rolled out or back.
# Prints its tag and the path of its binary, built from the newest tag before this commit and kept in the cache (see env.sh); nothing when no
# tag is in this clone. Messages go to standard error.
set -euo pipefail
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"
cd "$CONCIERGE_ROOT"

# The tag of this commit itself is this release.
tag=$(git tag --list 'v[0-9]*' --merged HEAD --no-contains HEAD --sort=-version:refname | head -n 1)
[ -n "$tag" ] || exit 0

folder="$CONCIERGE_CACHE/previous-release"
binary="$folder/concierge-$tag-$(git rev-parse --short=12 "$tag^{commit}")"
if [ ! -x "$binary" ]; then
  echo "building $tag for the drill (may take about 10 min)" >&2
  source="$folder/source"
  git worktree remove --force "$source" >/dev/null 2>&1 || rm -rf "$source"
  git worktree prune
  git worktree add --quiet --detach "$source" "$tag" >&2
  trap 'git -C "$CONCIERGE_ROOT" worktree remove --force "$source"' EXIT
  # Without its pages: the drill asks for none.
  (cd "$source" && CARGO_TARGET_DIR="$folder/target" cargo build --release --locked --package server --bin concierge >&2)
  cp "$folder/target/release/concierge" "$binary.new"
  mv "$binary.new" "$binary"
  rm -rf "$folder/target"
fi
echo "$tag $binary"
