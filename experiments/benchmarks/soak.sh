#!/usr/bin/env bash
# Small tasks of several users for a long time on the real platform, while services, runners and containers are killed at random moments; then
# every promise is checked: each task ended once, was run by one at a time, was billed as the kernel counts, and nothing is left behind.
#
#   bench.sh soak [--minutes N] [--seed N] [--out DIR]      30 minutes unless told
#
# Wants root (cgroups). The exit status is 1 where a promise was broken, 130 after Ctrl-C or SIGTERM, which leave nothing behind either.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=../../deployment/scripts/lib/common.sh
. "$here/../deployment/scripts/lib/common.sh"
case " $* " in *' --help '* | *' -h '*) ;; *) require_root ;; esac
dotnet build --configuration Release -v quiet -clp:NoSummary "$here/Benchmarks" >&2
exec dotnet run --configuration Release --no-build --project "$here/Benchmarks" -- soak "$@"
