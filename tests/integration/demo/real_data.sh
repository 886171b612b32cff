#!/usr/bin/env bash
# Every order of the real Fuzhou export goes through the five daemons and is accounted for.
# Usage: real_data.sh JIEBAN_DEMO SHARED_FOLDER. Exit 77, saying so, where the data is absent.
set -euo pipefail
file=$2/data/fuzhou12345/complaints.csv
[ -e "$file" ] || {
  echo "skipped: the real data is not here ($(basename "$file"))"
  exit 77
}
exec "$1" --input "$file" --once
