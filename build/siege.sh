#!/usr/bin/env bash
# Attack cases 1 to 5 and 7: shows hostile mails in Chromium and in the window's
# own web view, and listens for a single packet on their behalf. All of it runs in
# a network of its own, where nothing else speaks and the resolver is ours.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [ "${1:-}" != inside ]; then
  go build -tags desktop,production,webkit2_41,sqlite_fts5 -ldflags '-s -w' -o build/bin/siege ./build/siege
  (cd frontend && node e2e/siege/build.mjs "$PWD/../build/bin/siege-page")
  exec unshare --map-root-user --net --mount "$0" inside
fi

resolver=$(mktemp)
trap 'rm -f "$resolver"' EXIT
echo 'nameserver 127.0.0.1' >"$resolver"
mount --bind "$resolver" /etc/resolv.conf
ip link set lo up
# Without a way out a browser would not even look a name up. This one ends here.
ip link add way type veth peer name out
ip address add 192.0.2.1/24 dev way
ip link set way up
ip link set out up
ip route add default via 192.0.2.2

mails=mail/testdata/attacks.txt
page=build/bin/siege-page
echo "siege: Chromium"
node frontend/e2e/siege.mjs build/bin/siege serve "$mails" "$page"
echo "siege: WebKitGTK"
xvfb-run -a -s '-screen 0 1440x900x24' env NO_AT_BRIDGE=1 WEBKIT_DISABLE_DMABUF_RENDERER=1 build/bin/siege window "$mails" "$page"
