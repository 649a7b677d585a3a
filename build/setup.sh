#!/usr/bin/env bash
# Installs what Holdall needs to be built and tested and is not here yet.
#
# Every missing package is named with its reason before anything happens. A
# machine on which all of them stand is left alone: no package list is
# refreshed, nothing is written. No service is started, now or with the machine:
# the tests run their own PostgreSQL and Dovecot on private ports and folders.
set -euo pipefail

# package, or alternatives in order of preference | why
needs='
gcc|compiles SQLite and the window
libc6-dev|headers for gcc
pkg-config|finds GTK and WebKit for the window
libgtk-3-dev|the frame of the window
libwebkit2gtk-4.1-dev|the web view inside the window
xvfb|a screen without a display, for the tests of the window
xauth|lets xvfb-run open that screen
iproute2|a network of their own for the hostile mails
xdotool|finds the window and types into it
imagemagick|takes the screenshots
python3|judges how the shared mails are read
chromium chromium-browser|runs the browser tests
dovecot-imapd|a real mailbox for the tests of incoming mail
postgresql-15 postgresql|a real PostgreSQL for the tests of the hub
fuse3|mounts the disk whose power is cut in the tests, for who is not root
'

lacking_tools() {
  local tool
  for tool in go node npm; do
    command -v "$tool" >/dev/null || printf '%s ' "$tool"
  done
}

installed() {
  case $1 in
    chromium*) command -v chromium chromium-browser google-chrome >/dev/null && return ;;
  esac
  grep -qxF "$1" <<<"$standing"
}

# The first name of a line that stands, or else the first that can be had.
pick() {
  local name
  for name in "$@"; do
    installed "$name" && return
  done
  missing=yes
  for name in "$@"; do
    apt-cache show "$name" >/dev/null 2>&1 && break
  done
  wanted+=("$name")
}

survey() {
  local names why
  standing=$(dpkg-query -W -f='${db:Status-Abbrev} ${Package}\n' 2>/dev/null | sed -n 's/^ii  *//p')
  wanted=() missing=
  while IFS='|' read -r names why; do
    [ -n "$names" ] || continue
    missing=
    # shellcheck disable=SC2086 # alternatives are words
    pick $names
    if [ -n "$missing" ]; then printf '  %-24s %s\n' "${wanted[-1]}" "$why"; fi
  done <<<"$needs"
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# Debian starts a server as soon as it is installed. This keeps it from doing
# so for the time of the installation, unless the machine has a policy already.
policy=/usr/sbin/policy-rc.d
policy_is_ours=
hold_services() {
  if [ -e "$policy" ]; then return; fi
  policy_is_ours=yes
  printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
  as_root chmod 755 "$policy"
}
release_services() {
  if [ -n "$policy_is_ours" ]; then as_root rm -f "$policy"; fi
}

# Debian also enables a server for the next start of the machine. One that is
# here for the tests alone is disabled again; one that stood before is nobody's
# business.
disable_services() {
  local package service
  command -v systemctl >/dev/null || return 0
  for package in "${wanted[@]}"; do
    case $package in
      dovecot*) service=dovecot ;;
      postgresql*) service=postgresql ;;
      *) continue ;;
    esac
    if as_root systemctl disable --quiet "$service" 2>/dev/null; then
      echo "setup: $service does not start with the machine; 'sudo systemctl enable --now $service' changes that."
    fi
  done
}

install_wanted() {
  trap release_services EXIT
  hold_services
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${wanted[@]}" >/dev/null
  disable_services
  echo "setup: installed; no service was started."
}

tools=$(lacking_tools)
if [ -n "$tools" ]; then
  echo "setup: please install ${tools% } first: Go 1.26.4 or newer, Node 20 or newer with npm." >&2
  exit 1
fi
if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
  echo "setup: this is neither Debian nor Ubuntu: please install gcc, pkg-config, GTK 3, WebKitGTK 4.1 (with headers), Xvfb, iproute2, xdotool, ImageMagick, Chromium, Dovecot, PostgreSQL 15 and FUSE 3 by hand, then use the other targets."
  exit 0
fi

list=$(survey)
if [ -z "$list" ]; then exit 0; fi
echo "setup: refreshing the package lists, for some packages are missing"
as_root apt-get update -qq
echo "setup: these will be installed"
survey
install_wanted
