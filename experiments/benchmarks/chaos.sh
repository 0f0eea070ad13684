#!/usr/bin/env bash
# Kills the platform's services and breaks its wallet, round after round, while tasks run; then counts what was lost or doubled.
#
#   bench.sh chaos [--rounds N] [--seed N]      300 rounds unless told
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
exec dotnet run --configuration Release --project "$here/Benchmarks" -- chaos "$@"
