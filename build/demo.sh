#!/usr/bin/env bash
# Shows the product: with a display, the window on an invented company while
# mails arrive; without one, the story, and pictures of the real window.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ "$(uname)" = Darwin ]; then
  exec build/bin/holdall --demo --profile build/bin/demo/profile
fi

echo "demo: no display here, so the story is told and the window photographed"
build/bin/holdalld demo --story
build/selftest.sh build/bin/demo
echo "demo: every step held; the pictures lie in build/bin/demo/"
