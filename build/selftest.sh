#!/usr/bin/env bash
# Works the real window on a screen of its own and keeps pictures of it.
#
#   build/selftest.sh [FOLDER]    pictures go to FOLDER, build/bin/selftest if not named
#
# The window says on its output what it does. A line "picture NAME" asks for a
# picture; it goes on when it is answered with a line, so no time is guessed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [ -z "${HOLDALL_OWN_SCREEN:-}" ]; then
  export HOLDALL_OWN_SCREEN=yes
  exec xvfb-run -a -s '-screen 0 1440x900x24' "$PWD/build/selftest.sh" "$@"
fi

album=${1:-build/bin/selftest}
profile=$(mktemp -d)
mkdir -p "$album"
rm -f "$album"/*.png

coproc WINDOW { NO_AT_BRIDGE=1 exec build/bin/holdall --selftest --demo --profile "$profile"; }
# Bash forgets the descriptors once the window ends, and its output with them.
exec {said}<&"${WINDOW[0]}" {answer}>&"${WINDOW[1]}"
pid=$WINDOW_PID
trap 'kill "$pid" 2>/dev/null || true; rm -rf "$profile"' EXIT

while read -r verb rest <&"$said"; do
  if [ "$verb" != picture ]; then echo "$verb $rest"; continue; fi
  import -window root "$album/$rest.png"
  echo "picture $album/$rest.png"
  echo taken >&"$answer"
done

verdict=0
wait "$pid" || verdict=$?
if [ "$verdict" != 0 ]; then
  echo "selftest: the window ended with $verdict" >&2
  exit 1
fi
if [ -z "$(ls "$album")" ]; then
  echo "selftest: the window never asked for a picture" >&2
  exit 1
fi
