#!/usr/bin/env bash
# Why: the end-to-end tests use a real Chromium, and the fonts decide what their screenshots look like.
# Installs: Debian's chromium, and fonts for Latin, CJK and emoji. CHROMIUM names another Chromium or Chrome instead.
set -euo pipefail
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"

browser=${CHROMIUM:-/usr/bin/chromium}
packages=(fonts-dejavu-core fonts-liberation fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji)
[ -x "$browser" ] || packages+=(chromium)

absent=()
if have dpkg-query; then
  for package in "${packages[@]}"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || absent+=("$package")
  done
elif [ ! -x "$browser" ]; then
  die "Chromium is missing (looked for $browser)." \
    "Install Chromium or Chrome, set CHROMIUM to its path, then start again."
fi

if [ "${#absent[@]}" = 0 ]; then
  present "Chromium and fonts"
  exit 0
fi
step "Chromium and fonts" "2 min"
apt_install "Chromium" "${absent[@]}"
