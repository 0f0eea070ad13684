#!/usr/bin/env bash
# Replays scenarios: says what is right and what is wrong, and writes series.csv, events.csv, ledger.jsonl, summary.json, figures (SVG, PNG)
# and report.html to DIR. The exit status is 0 only if everything is as expected.
#
#   run.sh SCENARIO.yaml… --simulated --out DIR     under a virtual clock; the same bytes on each run
#   run.sh SCENARIO.yaml… --live [--scale N] --out DIR     on the real platform (as root), N times shorter, 20 unless told; says how far the
#                                                   simulation is from it
#   run.sh --all --simulated --out DIR              every scenario of experiments/scenarios, with a table of ours against the published figures
#
#   --policy NAME     tracking, rules or fixed, in the place of the file's     --variant NAME   the only variant to run
#   --seed N          for everything that is random                            --set KEY=VALUE  such as users.alice.max_debt=-1; repeatable
#   --force           overwrite results in DIR                                 --no-figures     tables only
#
# A scenario with several variants or policies gives a directory below DIR for each, and table.md.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

usage() { sed -n '2,/^set/{/^# \{0,1\}/s///p}' "$0"; }

case ${1:-} in
    '') usage >&2; exit 2 ;;
    -h | --help) usage; exit ;;
esac
arguments=()
for argument in "$@"; do
    if [[ $argument == --all ]]; then
        arguments+=("$here"/scenarios/*.yaml)
    else
        arguments+=("$argument")
    fi
done
dotnet build --configuration Release -v quiet -clp:NoSummary "$here/Experiments" >&2
exec dotnet "$here/Experiments/bin/Release/net10.0/Experiments.dll" run "${arguments[@]}"
