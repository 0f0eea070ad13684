#!/usr/bin/env bash
# Settles what many users owe by a real CreditManager with a real development wallet, which then misbehaves; counts what was lost or doubled.
#
#   bench.sh settle [--users N] [--seconds N] [--seed N]      50 users, 20 s for each half
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
exec dotnet run --configuration Release --project "$here/Benchmarks" -- settle "$@"
