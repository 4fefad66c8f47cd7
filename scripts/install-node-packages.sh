#!/usr/bin/env bash
# Why: wasm-opt (npm package binaryen) shrinks the WebAssembly of release builds; Playwright and axe drive the browser
# tests. Installs: the exact packages of end2end/package-lock.json into end2end/node_modules, and Node.js itself on
# Debian and its kin. Playwright's own browsers are not downloaded, the system's Chromium is used.
set -euo pipefail
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"

cd "$CONCIERGE_ROOT/end2end"
# What was installed is kept beside it: file times change with every git checkout.
if cmp -s package-lock.json node_modules/.installed-lock; then
  present "npm packages"
  exit 0
fi
step "npm packages (wasm-opt, Playwright)" "1 min"

if ! have node || ! have npm; then
  apt_install "Node.js 20 or newer with npm" nodejs npm
fi
major=$(node --version | sed 's/^v\([0-9]*\).*/\1/')
[ "$major" -ge 20 ] || die "Node.js 20 or newer is needed, this is $(node --version)." \
  "Install a newer one (https://nodejs.org), then start again."

export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
quietly "$CONCIERGE_CACHE/build/npm.log" npm ci --no-audit --no-fund --no-update-notifier
cp package-lock.json node_modules/.installed-lock
