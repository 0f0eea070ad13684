#!/usr/bin/env bash
# Runs one benchmark; the last line it prints is one JSON object with its figures.
#
#   bench.sh NAME [OPTIONS]     see bench.sh NAME --help
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

names() { find "$here/benchmarks" -name '*.sh' -printf '%f\n' | sed 's/\.sh$//' | sort | paste -sd ' '; }

case ${1:-} in
    '' | -h | --help)
        sed -n '2,/^set/{/^# \{0,1\}/s///p}' "$0"
        echo "NAME: $(names)"
        [[ $# -gt 0 ]] || exit 2
        exit
        ;;
    *[!a-z0-9-]* | -*) found= ;;
    *) found=$here/benchmarks/$1.sh ;;
esac
if [[ ! -x $found ]]; then
    echo "bench.sh: there is no benchmark \"$1\"; allowed: $(names)" >&2
    exit 2
fi
shift
exec "$found" "$@"
