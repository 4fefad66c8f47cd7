# shellcheck shell=bash
# Shared by the scripts in this folder (sourced, never run): messages, and system packages on Debian and its kin.

# shellcheck source=scripts/env.sh
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"

have() { command -v "$1" >/dev/null 2>&1; }

die() {
  printf 'error: %s\n' "$@" >&2
  exit 1
}

# step WHAT TIME: announces work that is about to be done. setup.sh numbers the steps through CONCIERGE_STEP.
step() { printf 'step %s: %s (may take about %s)\n' "${CONCIERGE_STEP:-1 of 1}" "$1" "$2"; }

# present WHAT: says that there is nothing to do.
present() { printf 'step %s: %s: already there\n' "${CONCIERGE_STEP:-1 of 1}" "$1"; }

# as_root CMD…: runs a command as root, through sudo when we are not root.
as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif have sudo; then
    sudo "$@"
  else
    die "this needs root once: $*" "Run it as root, or install sudo, then start again."
  fi
}

# apt_install WHAT PACKAGE…: installs Debian packages; elsewhere says what is missing.
apt_install() {
  local what=$1
  shift
  have apt-get || die "$what is missing, and this is not a Debian-like machine." \
    "Install it with your system's package manager (Debian calls it: $*), then start again."
  local get=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0)
  local log
  log=$(mktemp)
  # The package lists of a fresh machine are empty or old: refresh them when the first try fails.
  if ! as_root "${get[@]}" install -y --no-install-recommends "$@" >"$log" 2>&1 </dev/null; then
    as_root "${get[@]}" update >"$log" 2>&1 </dev/null || { cat "$log" >&2; die "apt-get update failed"; }
    as_root "${get[@]}" install -y --no-install-recommends "$@" >"$log" 2>&1 </dev/null ||
      { cat "$log" >&2; die "apt-get could not install $*"; }
  fi
  rm -f "$log"
}

# make_python_environment FOLDER: an empty environment for one Python tool, in place of what a stopped installation left.
make_python_environment() {
  have python3 || apt_install "Python (tests use tools written in it)" python3 python3-venv
  rm -rf "$1"
  python3 -m venv "$1" || { apt_install "Python's venv" python3-venv && python3 -m venv "$1"; }
}

need_rust() {
  if ! have cargo || ! have rustc; then
    die "Rust is missing." "Install the stable toolchain with rustup (https://rustup.rs), then start again."
  fi
}

# quietly LOG CMD…: runs a chatty command; shows the end of its output only when it fails.
quietly() {
  local log=$1
  shift
  mkdir -p "$(dirname "$log")"
  "$@" >"$log" 2>&1 </dev/null && return 0
  tail -n 40 "$log" >&2
  die "failed: $*" "The whole output is in $log"
}

# locked_version CRATE: the version Cargo.lock holds, empty when there is none.
locked_version() {
  [ -f "$CONCIERGE_ROOT/Cargo.lock" ] || return 0
  grep -A1 -x "name = \"$1\"" "$CONCIERGE_ROOT/Cargo.lock" | sed -n 's/^version = "\(.*\)"$/\1/p' | head -n 1
}

# postgres_bin: the folder of the newest PostgreSQL server's programs; fails when there is none.
postgres_bin() {
  local dir
  for dir in $(compgen -G '/usr/lib/postgresql/*/bin' | sort -rV) $(compgen -G '/opt/homebrew/opt/postgresql*/bin' | sort -rV); do
    [ -x "$dir/initdb" ] && [ -x "$dir/pg_ctl" ] && echo "$dir" && return 0
  done
  have initdb && have pg_ctl && dirname "$(command -v initdb)"
}
