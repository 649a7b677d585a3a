#!/usr/bin/env bash
# Works the real window with real keys on a screen of its own and keeps pictures.
#
#   build/selftest.sh [FOLDER]    pictures go to FOLDER, build/bin/selftest if not named
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

album=${1:-build/bin/selftest}
mkdir -p "$album"
rm -f "$album"/*.png

go build -o build/bin/trial ./build/trial
for play in trouble team; do
  echo "selftest: $play"
  xvfb-run -a -s '-screen 0 1440x900x24' build/bin/trial "$play" "$album"
done
echo "selftest: every step held; the pictures lie in $album/"
