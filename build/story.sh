#!/usr/bin/env bash
# Tells the story of two laptops and a hub on both engines: on SQLite, and on a
# PostgreSQL that lives for this story only, beside whatever the machine runs.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

echo "story: the hub keeps its data in SQLite"
build/bin/holdalld demo --story

echo "story: the hub keeps its data in PostgreSQL"
# The user and the password reach the driver through the environment.
# shellcheck disable=SC2016 # expanded inside, where the server's port is known
pg_virtualenv bash -c 'build/bin/holdalld demo --story --database "postgres://$PGHOST:$PGPORT/$PGDATABASE"'
