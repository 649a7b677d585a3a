#!/usr/bin/env bash
# Generates the TypeScript twins of the facades anew and fails if they differ
# from those in the tree: the page must never speak to a door that has moved.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

twins=frontend/src/wailsjs
before=$(mktemp -d)
trap 'rm -rf "$before"' EXIT
if [ -d "$twins" ]; then cp -R "$twins/." "$before"; fi

go tool wails generate module -tags "$1" >"$before.log" 2>&1 || { cat "$before.log" >&2; rm -f "$before.log"; exit 1; }
rm -f "$before.log"

if ! diff -r "$before" "$twins"; then
  echo "bindings: $twins was behind app/ and has been generated anew: commit it with the change to app/." >&2
  exit 1
fi
