#!/bin/sh
# Moves a busy guest between two processes of this host: the second part of `npm start`.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
side() {
  node dist/vmstate.cjs migrate "$@" --machine pc-2.2 --profile 5.2 --ram 128M --fill random --workload zipf --working-set 64M --rate 40000 --writers 2
}
side --listen "unix:$folder/socket" --record "$folder/destination" --verify 2>"$folder/log" &
side --to "unix:$folder/socket" --record "$folder/source" --bandwidth 128M --downtime-limit 200 || { cat "$folder/log" >&2; exit 1; }
wait
