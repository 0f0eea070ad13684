#!/usr/bin/env bash
# How long it takes from an object being dropped into input/ to the first instruction of the user's script: with the container
# running (warm) and with none (cold: image, cgroup, container and runner are set up in between).
#
#   bench.sh pickup [--warm N] [--cold N]      30 and 10 unless told
#
# Uses the platform that runs in SCP_STATE, as demo.sh does, or deploys one there with directories as buckets and stops it
# afterwards. The function bench-pickup and its user stay; their tasks are removed.
set -euo pipefail
# shellcheck source=../../deployment/scripts/single-node/platform.sh
source "$(dirname "${BASH_SOURCE[0]}")/../../deployment/scripts/single-node/platform.sh"

warm=30 cold=10
while (($#)); do
    case $1 in
        -h | --help) sed -n '2,/^set/{/^# \{0,1\}/s///p}' "$0" && exit ;;
        --warm | --cold)
            [[ ${2-} =~ ^[1-9][0-9]{0,4}$ ]] || die "$1 \"${2-}\" is not allowed; allowed: 1 to 99999"
            printf -v "${1#--}" %s "$2"
            shift 2
            ;;
        *) die "\"$1\" is not allowed; see --help" ;;
    esac
done
require_root

readonly function=bench-pickup user=bench-pickup
scratch=$(mktemp -d)
started_here=0
clean_up() {
    rm -rf "$scratch"
    if ((started_here)); then "$REPO/deployment/scripts/single-node/stop.sh" >&2; fi
}
trap clean_up EXIT

if ! everything_runs; then
    started_here=1
    "$REPO/deployment/scripts/single-node/deploy.sh" >&2
fi
# shellcheck disable=SC1091  # written by deploy.sh
source "$STATE/config/store"
[[ $STORE == directory ]] || die "the platform in $STATE keeps its buckets on an S3 server; this benchmark drops files into directories"
readonly bucket=$BUCKETS/$function

wait_for() { # what is awaited, then a command that holds when it has come
    local what=$1 deadline=$((SECONDS + 120))
    shift
    until "$@"; do
        ((SECONDS < deadline)) || die "two minutes passed without $what: $(api container-manager GET "/functions/$function" | jq -r .message)"
        sleep 0.02
    done
}
drop() { # file, key: whole or not at all
    mkdir -p "$(dirname "$bucket/$2")"
    cp "$1" "$bucket/.part-$$" && mv "$bucket/.part-$$" "$bucket/$2"
}
has_coins() { (($(api credit-manager GET "/users/$user/standing" | jq .balance_halfords) > 200000000)); }
has_no_container() { [[ $(api container-manager GET "/functions/$function" | jq .container) == null ]]; }
stop_container() {
    api container-manager POST "/functions/$function/stop" >/dev/null
    wait_for "the container being stopped" has_no_container
}

prepare() {
    api credit-manager PUT "/users/$user" '{}' >/dev/null
    api container-manager PUT "/functions/$function" "{\"user\":\"$user\"}" >/dev/null
    # The time is read by the shell itself: the very first thing that the script does.
    # shellcheck disable=SC2016  # for the shell in the container
    printf 'echo "$EPOCHREALTIME" >"$2/started"\n' >"$scratch/script"
    drop "$scratch/script" utils/process_task.sh
    [[ -e $bucket/utils/base.sif ]] || drop "$STATE/images/base.sif" utils/base.sif
    if ! has_coins; then
        echo 3 >"$scratch/funds"
        drop "$scratch/funds" "funds/bench-$$-$RANDOM"
        wait_for "the deposit" has_coins
    fi
}

# Users come at any point of the platform's own rhythm.
pause() { sleep "$(printf '0.%03d' $((RANDOM % 1000)))"; }

microseconds() { echo "${1/[.,]/}"; }

# Drops one task and prints how long it took, in microseconds.
measure() { # name
    local task=$1 dropped
    : >"$bucket/.part-$$"
    dropped=$EPOCHREALTIME
    mv "$bucket/.part-$$" "$bucket/input/$task"
    wait_for "the end of $task" test -e "$bucket/output/$task"
    echo $(($(microseconds "$(<"$bucket/results/$task/started")") - $(microseconds "$dropped")))
    rm -rf "$bucket/output/$task" "$bucket/results/$task" "$bucket/logs/$task.log" "$bucket/receipts/$task.json"
}

measure_warm() {
    local i
    measure "warm-up-$$" >/dev/null
    for ((i = 1; i <= warm; i++)); do
        pause
        measure "warm-$$-$i"
    done
}

measure_cold() {
    local i
    for ((i = 1; i <= cold; i++)); do
        stop_container
        pause
        measure "cold-$$-$i"
    done
}

percentile() { # file of microseconds, percent: nearest rank, in milliseconds
    sort -n "$1" | awk -v p="$2" '{ v[NR] = $1 } END { r = int((NR * p + 99) / 100); printf "%.1f", v[r] / 1000 }'
}

prepare
measure_warm >"$scratch/warm"
measure_cold >"$scratch/cold"
stop_container
for kind in warm cold; do
    say "$kind: $(wc -l <"$scratch/$kind") tasks, milliseconds: $(sort -n "$scratch/$kind" | awk '{ printf "%.0f ", $1 / 1000 }')"
done
jq -nc --argjson wm "$(percentile "$scratch/warm" 50)" --argjson wp "$(percentile "$scratch/warm" 95)" \
    --argjson cm "$(percentile "$scratch/cold" 50)" --argjson cp "$(percentile "$scratch/cold" 95)" \
    '{warm_ms_p50: $wm, warm_ms_p95: $wp, cold_ms_p50: $cm, cold_ms_p95: $cp}'
