# shellcheck shell=bash
# What deploy.sh, stop.sh, status.sh and demo.sh share: where things are, and how services are asked, started and stopped.
# Sourced, never run.

# shellcheck disable=SC2034  # used by the scripts that source this file
REPO=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
STATE=${SCP_STATE:-/var/lib/serverless-credit-platform}
CGROUP_PARENT=${SCP_CGROUP_PARENT:-scp}

# In the order in which they start; they stop in the opposite one.
SERVICES=(gridcoin-devnet scaler credit-manager container-manager)
# A deployment on a real Gridcoin wallet has no development wallet.
[[ -e $STATE/config/external-wallet ]] && SERVICES=("${SERVICES[@]:1}")
declare -A PROJECT=(
    [gridcoin-devnet]=CreditManager/GridcoinDevnet
    [scaler]=Scaler/Scaler
    [credit-manager]=CreditManager/CreditManager
    [container-manager]=ContainerManager/ContainerManager
)
declare -A ADDRESS=(
    [gridcoin-devnet]=http://127.0.0.1:${SCP_WALLET_PORT:-25715}
    [scaler]=http://127.0.0.1:${SCP_SCALER_PORT:-7200}
    [credit-manager]=http://127.0.0.1:${SCP_CREDIT_PORT:-7300}
    [container-manager]=http://127.0.0.1:${SCP_MANAGER_PORT:-7100}
)
# Exit status of a service whose configuration is wrong: starting it again cannot help.
BAD_CONFIGURATION=78

# shellcheck source=../lib/common.sh
source "$REPO/deployment/scripts/lib/common.sh"
# These scripts talk to a person at length; the name of the script before every line would be in the way.
say() { printf '%s\n' "$*"; }

has_systemd() { [[ -d /run/systemd/system && ${SCP_SUPERVISOR:-} != script ]]; }
unit_of() { echo "scp-$1.service"; }

# One request to a service: api SERVICE METHOD PATH [JSON]. SCP_API_TIMEOUT: seconds to wait for the answer (30). The token is read by curl itself, so no process list shows it.
api() {
    local service=$1 method=$2 path=$3 body=${4-}
    curl --silent --show-error --max-time "${SCP_API_TIMEOUT:-30}" --fail-with-body --request "$method" \
        --header @<(printf 'Authorization: Bearer %s\n' "$(<"$STATE/tokens/$service")") \
        ${body:+--header 'Content-Type: application/json' --data "$body"} \
        "${ADDRESS[$service]}$path"
}

# The wallet is ready when it answers at all: it wants credentials even for that.
is_healthy() {
    if [[ $1 == gridcoin-devnet ]]; then
        curl --silent --output /dev/null --max-time 2 "${ADDRESS[$1]}/"
    else
        curl --silent --fail --output /dev/null --max-time 2 "${ADDRESS[$1]}/health"
    fi
}

everything_runs() {
    local service
    [[ -r $STATE/config/store && -s $STATE/bin/digest ]] || return 1
    for service in "${SERVICES[@]}"; do is_healthy "$service" || return 1; done
}

# Process id of a service's supervisor, if it is the one that we started: an id alone may be somebody else's by now.
supervisor_pid() {
    local file=$STATE/run/$1.pid pid started
    [[ -r $file ]] || return 1
    read -r pid started <"$file" || return 1
    [[ -n $started && $(process_start "$pid") == "$started" ]] && echo "$pid"
}
process_start() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d ' ' -f 20; }

is_running() {
    if has_systemd; then systemctl is-active --quiet "$(unit_of "$1")"; else supervisor_pid "$1" >/dev/null; fi
}

start_service() {
    is_running "$1" && return
    if has_systemd; then
        systemctl restart "$(unit_of "$1")"
        return
    fi
    mkdir -p "$STATE/run" "$STATE/logs"
    setsid --fork "$REPO/deployment/scripts/single-node/supervise.sh" "$1" "$STATE" </dev/null >>"$STATE/logs/$1.log" 2>&1
}

stop_service() {
    local pid
    if has_systemd; then
        # A unit that was never there cannot be stopped, and need not be.
        systemctl stop "$(unit_of "$1")" 2>/dev/null || ! is_running "$1"
        return
    fi
    pid=$(supervisor_pid "$1") || return 0
    kill -TERM "$pid" 2>/dev/null
    for _ in {1..150}; do
        [[ -d /proc/$pid ]] || return 0
        sleep 0.1
    done
    say "$1 does not end by itself; it is killed." >&2
    pkill -KILL -P "$pid"
    kill -KILL "$pid" 2>/dev/null
    return 0
}

wait_healthy() {
    local service=$1
    for _ in {1..300}; do
        is_healthy "$service" && return 0
        if ! has_systemd && ! supervisor_pid "$service" >/dev/null && [[ -e $STATE/run/$service.failed ]]; then
            break
        fi
        sleep 0.2
    done
    tail -n 20 "$STATE/logs/$service.log" >&2 2>/dev/null
    die "$service does not get healthy; its log is $STATE/logs/$service.log"
}

# Every directory of the platform's cgroup, in every hierarchy there is, deepest first.
platform_cgroups() {
    local root
    for root in /sys/fs/cgroup /sys/fs/cgroup/*; do
        [[ -d $root/$CGROUP_PARENT && -e $root/$CGROUP_PARENT/cgroup.procs ]] && find "$root/$CGROUP_PARENT" -depth -type d
    done
}

grc() { awk -v h="$1" 'BEGIN { printf "%.8f", h / 100000000 }' | sed 's/0*$//; s/\.$//'; }
