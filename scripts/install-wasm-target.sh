#!/usr/bin/env bash
# Why: the admin's pages are also compiled to WebAssembly, and rustup brings no wasm32 target by default.
# Installs: rustup's target wasm32-unknown-unknown. Where rustup has nothing to download it from, on Debian and its
# kin: builds the standard library once, from the package rust-src of exactly this rustc's version.
set -euo pipefail
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"

target=wasm32-unknown-unknown
need_rust
sysroot=$(rustc --print sysroot)
lib="$sysroot/lib/rustlib/$target/lib"
installed() { compgen -G "$lib/libstd-*.rlib" >/dev/null; }

if installed; then
  present "$target for Rust"
  exit 0
fi
step "$target for Rust" "1 min"

if have rustup && timeout 120 rustup target add "$target" >/dev/null 2>&1 </dev/null && installed; then
  exit 0
fi

version=$(rustc --version | cut -d' ' -f2)
missing() {
  die "the Rust target $target cannot be installed: $1" \
    "rustc here is version $version. Give it the target ('rustup target add $target', or your distribution's" \
    "package, on Debian libstd-rust-dev-wasm32), then start again."
}
have apt-get || missing "rustup cannot download it, and this is not a Debian-like machine"
[ -w "$sysroot/lib/rustlib" ] || missing "$sysroot is not writable"
echo "  rustup cannot download it: building it from Debian's sources of rustc $version"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/lists/partial" "$work/cache/archives/partial"
# A private set of apt's folders and one source: the system's own sources and lists stay as they are.
apt_private=(-q -o "Dir::Etc::sourcelist=$work/sources.list" -o Dir::Etc::sourceparts=/dev/null
  -o "Dir::State::lists=$work/lists" -o "Dir::Cache=$work/cache" -o APT::Sandbox::User=root
  -o Acquire::Languages=none)
keyring=/usr/share/keyrings/debian-archive-keyring.gpg

# The mirror is whichever one this machine's apt uses; newer suites are asked for what this release does not have.
fetch_source() {
  local uri suite found
  # shellcheck disable=SC2016 # apt-get fills in $(REPO_URI)
  for uri in $(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -v security | sort -u); do
    for suite in $(. /etc/os-release && echo "${VERSION_CODENAME:-}") trixie-backports trixie forky sid; do
      echo "deb [signed-by=$keyring] $uri $suite main" >"$work/sources.list"
      apt-get "${apt_private[@]}" update >"$work/apt.log" 2>&1 || continue
      found=$(apt-cache "${apt_private[@]}" madison rust-src 2>/dev/null |
        awk -F' *[|] *' -v v="$version" '{ split($2, up, /[+~-]/); if (up[1] == v) { print $2; exit } }')
      [ -n "$found" ] || continue
      (cd "$work" && apt-get "${apt_private[@]}" download "rust-src=$found") >"$work/apt.log" 2>&1 && return 0
    done
  done
  return 1
}
fetch_source || missing "Debian has no package rust-src of that version"

dpkg -x "$work"/rust-src_*.deb "$work/unpacked"
src="$sysroot/lib/rustlib/src/rust"
if [ ! -f "$src/library/Cargo.lock" ]; then
  mkdir -p "$(dirname "$src")"
  rm -rf "$src"
  cp -a "$work/unpacked/usr/src/rustc-$version" "$src"
fi

# An empty crate makes cargo build the standard library; its rlibs are then what rustup would have downloaded.
mkdir -p "$work/probe/src"
printf '[package]\nname = "probe"\nversion = "0.0.0"\nedition = "2024"\n[profile.release]\npanic = "abort"\n[workspace]\n' \
  >"$work/probe/Cargo.toml"
echo '#![no_std]' >"$work/probe/src/lib.rs"
(
  cd "$work/probe"
  export RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR="$work/probe/target"
  quietly "$work/build.log" cargo build --release -Zbuild-std=std,panic_abort,panic_unwind,test,proc_macro --target "$target"
)
mkdir -p "$lib"
for rlib in "$work/probe/target/$target"/release/deps/lib*.rlib; do
  case "${rlib##*/}" in
    libprobe-*) ;;
    *) cp "$rlib" "$lib/" ;;
  esac
done
installed || missing "the standard library was built, but it is not in $lib"
