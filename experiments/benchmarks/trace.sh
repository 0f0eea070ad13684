#!/usr/bin/env bash
# A day of many functions in virtual time: cold starts, what idle containers hold, and what it costs users and the provider, for several ways
# of keeping containers warm and for billing used against allocated CPU. Reads the layout of the Azure Functions trace of 2019, or makes a day.
#
#   bench.sh trace [--functions N] [--seed N] [--busy PERCENT] [--out DIR]           a day made from the seed; 10,000 functions unless told
#   bench.sh trace --dir DIR [--day N] [--functions N] [--incomplete skip] …         a day that is there, such as experiments/traces
#   bench.sh trace --write DIR [--functions N] [--seed N]                            writes the made day in that layout, and ends
#
# The same seed gives the same table and files. With --out: policies.csv, cold-shares.csv, and a figure as SVG and PNG.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=../../deployment/scripts/lib/common.sh
. "$here/../deployment/scripts/lib/common.sh"
case " $* " in *' --out'*) have gnuplot || install_packages gnuplot-nox >&2 ;; esac
dotnet build --configuration Release -v quiet -clp:NoSummary "$here/Benchmarks" >&2
exec dotnet run --configuration Release --no-build --project "$here/Benchmarks" -- trace "$@"
