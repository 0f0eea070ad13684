#!/usr/bin/env bash
# Six loads on the real kernel under a real Scaler, side by side with each policy and with no limit at all: run time, utilisation, reaction,
# throttled time and changes of limit; how well the simulator agrees; what the Scaler itself uses with 100 and 1,000 containers.
#
#   bench.sh scaling [--out DIR] [--loads NAME…] [--policies NAME…] [--containers N…] [--weight N]      all of it unless told
#
# With --out, used and limit against time go there as CSV, SVG and PNG. Wants root (cgroups), two cores, and little else going on.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=../../deployment/scripts/lib/common.sh
. "$here/../deployment/scripts/lib/common.sh"
case " $* " in *' --help '* | *' -h '*) ;; *) require_root ;; esac
case " $* " in *' --out'*) have gnuplot || install_packages gnuplot-nox >&2 ;; esac
dotnet build --configuration Release -v quiet -clp:NoSummary "$here/Benchmarks" >&2
exec dotnet run --configuration Release --no-build --project "$here/Benchmarks" -- scaling "$@"
