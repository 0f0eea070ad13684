#!/usr/bin/env bash
# Real programs on the whole platform: video, compression and alignment of sequencing reads. The same tasks with serverless scaling (tracking,
# rules) and without (fixed), billed and not, and by Apptainer alone; run time, used CPU, utilisation and cost side by side.
#
#   bench.sh workloads [--tasks N] [--rounds N] [--only NAME…]      3 tasks, 1 round; NAME: transcode, compress, align; all unless told
#
# The images are built once, to SCP_STATE/images as a deployment's are. Wants root, two cores, and little else going on.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=../../deployment/scripts/single-node/platform.sh
source "$here/../deployment/scripts/single-node/platform.sh"
wanted=() names=0
for argument in "$@"; do
    case $argument in
        --only) names=1 ;;
        --*) names=0 ;;
        *) if ((names)); then wanted+=("$argument"); fi ;;
    esac
done
((${#wanted[@]})) || wanted=(transcode compress align)
for name in "${wanted[@]}"; do
    case $name in
        transcode | compress | align) ;;
        *) echo "workloads: there is no workload \"$name\"; allowed: transcode, compress, align" >&2 && exit 2 ;;
    esac
done
build() { dotnet build --configuration Release -v quiet -clp:NoSummary "$here/Benchmarks" >&2; }
run=(dotnet run --configuration Release --no-build --project "$here/Benchmarks" -- workloads --images "$STATE/images")
case " $* " in *' --help '* | *' -h '*) build && exec "${run[@]}" "$@" ;; esac

require_root
build
mkdir -p "$STATE"/{images,cache}
"$REPO/deployment/scripts/install/all.sh" >&2
"$REPO/deployment/scripts/install/images.sh" "$STATE/images" "$STATE/cache" base "${wanted[@]}" >&2
exec "${run[@]}" "$@"
