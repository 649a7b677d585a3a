#!/usr/bin/env bash
# Shows the product: with a display, the window on an invented company while
# mails arrive; without one, the story, and pictures of the real window.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

album=build/bin/demo
mkdir -p "$album"
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ "$(uname)" = Darwin ]; then
  echo "demo: the window opens on an invented company; mails begin to arrive once its past is told"
  exec build/bin/holdall --demo --profile "$album/profile"
fi

echo "demo: no display here, so the story is told and the window photographed"
build/bin/holdalld demo --story
rm -f "$album"/*.png
go build -o build/bin/trial ./build/trial
xvfb-run -a -s '-screen 0 1440x900x24' build/bin/trial demo "$album"
echo "demo: every step held; the pictures lie in $album/"
