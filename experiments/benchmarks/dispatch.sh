#!/usr/bin/env bash
# How fast small tasks get through the platform, beside apptainer by hand and a shell alone; how soon one is picked up, warm and cold;
# and what is left of that with 100,000 tasks waiting.
#
#   bench.sh dispatch [--tasks N] [--rounds N] [--slots N] [--picks N] [--colds N] [--waiting N]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
exec dotnet run --configuration Release --project "$here/Benchmarks" -- dispatch "$@"
