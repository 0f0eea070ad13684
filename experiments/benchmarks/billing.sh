#!/usr/bin/env bash
# How long a billing cycle takes with 1,000, 10,000 and 100,000 containers that all used CPU since the last one, on an empty ledger
# and on a long one, with SQLite and with PostgreSQL; all of it, the server included, on one core and with every commit on the disk.
#
#   bench.sh billing [--entries N] [--database sqlite|postgresql|both]      10,000,000 and both unless told
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
dotnet build --configuration Release -v quiet -clp:NoSummary "$here/Benchmarks" >&2
one_core=()
if command -v taskset >/dev/null; then
    # The last of the cores that this shell may use.
    allowed=$(taskset -cp $$)
    one_core=(taskset -c "${allowed##*[ ,-]}")
else
    echo "billing: there is no taskset; the figures are of all cores." >&2
fi
exec "${one_core[@]}" dotnet run --configuration Release --no-build --project "$here/Benchmarks" -- billing "$@"
