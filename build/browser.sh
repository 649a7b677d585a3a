#!/usr/bin/env bash
# Works the page in a real browser, over HTTP, against the same Go code that the
# window runs: a solo workspace of the invented company, on a day when nobody
# writes to it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

profile=$(mktemp -d)
coproc LAPTOP { exec build/bin/holdalld replica --solo --demo --no-mail --dir "$profile" --listen 127.0.0.1:0 2>&1; }
exec {said}<&"${LAPTOP[0]}"
pid=$LAPTOP_PID
trap 'kill "$pid" 2>/dev/null || true; wait "$pid" 2>/dev/null || true; rm -rf "$profile"' EXIT

url=
while [ -z "$url" ] && read -r line <&"$said"; do
  echo "browser: $line"
  url=$(grep -oE 'http://127\.0\.0\.1:[0-9]+' <<<"$line" || true)
done
if [ -z "$url" ]; then
  echo "browser: the laptop never said where its page is" >&2
  exit 1
fi
cat <&"$said" >/dev/null &
cd frontend && HOLDALL_URL="$url" npm run --silent e2e
