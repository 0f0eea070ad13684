#!/usr/bin/env bash
# Replays a scenario with every combination of values, as many at a time as there are cores; writes sweep.csv (means with the half widths of
# their 95 % confidence intervals) and a figure of cost against run time to DIR. Without gnuplot there is no figure.
#
#   sweep.sh SCENARIO.yaml --vary KEY=A,B,C [--vary …] [--repeat N] --out DIR [--force]
#
# KEY is a key of the file (platform.freeze_grace, users.alice.max_debt, funds.1.grc), or policy, or variant. Repetitions differ in their seed.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

usage() { sed -n '2,/^set/{/^# \{0,1\}/s///p}' "$0"; }

case ${1:-} in
    '') usage >&2; exit 2 ;;
    -h | --help) usage; exit ;;
esac
dotnet build --configuration Release -v quiet -clp:NoSummary "$here/Experiments" >&2
exec dotnet "$here/Experiments/bin/Release/net10.0/Experiments.dll" sweep "$@"
