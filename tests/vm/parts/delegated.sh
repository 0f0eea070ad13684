# shellcheck shell=bash
# Sourced by guest.sh: a Scaler that is not root, in a cgroup that systemd delegates to it.

readonly node=/var/lib/scp-node unit=scp-delegated address=http://127.0.0.1:7210
readonly own=/sys/fs/cgroup/system.slice/$unit.service

start_delegated() { # cgroup parent, further properties of the unit
    local parent=$1
    shift
    mkdir -p "$node" && chown scp-node "$node"
    cat >"$node/scaler.yaml" <<YAML
api: { listen: "$address", require_token: false }
scaler: { cgroup_parent: "$parent", state_directory: "$node/state", cores: 2 }
YAML
    rm -f "$node/log"
    systemd-run --quiet --unit="$unit" --uid=scp-node --setenv=DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 --setenv=HOME="$node" \
        --property=StandardError="file:$node/log" "$@" \
        dotnet "$here/tests/Scaler.Tests/bin/Debug/net10.0/Scaler.dll" --config "$node/scaler.yaml"
}

refuses() { # words of its one sentence, then as start_delegated
    local words=$1
    shift
    # One that starts after all would run for ever.
    start_delegated "$@" --wait --property=RuntimeMaxSec=300
    local status=$?
    systemctl reset-failed "$unit" 2>/dev/null
    sed 's/^/    /' "$node/log"
    ((status == 78)) && grep -qF -- "$words" "$node/log"
}

answers() {
    local i
    for ((i = 0; i < 600; i++)); do
        curl --silent --fail --output /dev/null --max-time 5 "$address/health" && return 0
        sleep 0.2
    done
    cat "$node/log"
    return 1
}

ask() { curl --silent --show-error --fail-with-body --request "$1" --header 'Content-Type: application/json' ${3:+--data "$3"} "$address$2"; }

limits_and_counts() {
    local registration='{"user":"u","function":"f","slots":1,"limits":{"min_shares":0,"max_shares":200,"boundary_shares":25,"limit_shares":20},"memory_limit_bytes":67108864,"process_limit":40,"policy":"fixed"}'
    local container=$own/containers/c1 before after pid
    ask PUT /containers/c1 "$registration" >/dev/null || return 1
    [[ $(cat "$container/cpu.max") == "20000 100000" && $(cat "$container/memory.max") == 67108864 ]] || return 1
    (echo "$BASHPID" >"$container/slot0/cgroup.procs" && exec sh -c 'while :; do :; done') &
    pid=$!
    for ((i = 0; i < 100; i++)); do (($(awk '/usage_usec/ { print $2 }' "$container/cpu.stat") > 500000)) && break || sleep 0.2; done
    (($(awk '/nr_throttled/ { print $2 }' "$container/cpu.stat") > 0)) || return 1
    ask PUT /containers/c1/freeze >/dev/null && [[ $(cat "$container/cgroup.freeze") == 1 ]] || return 1
    ask DELETE /containers/c1 >/dev/null || return 1
    wait "$pid" 2>/dev/null
    before=$(awk '/usage_usec/ { print $2 }' "$container/cpu.stat")
    after=$(ask GET /usage | jq '.[0].usage_microseconds')
    echo "    the kernel counted $before us, the Scaler tells $after us"
    [[ $before == "$after" ]]
}

useradd --system --no-create-home scp-node
# First, while no neighbour has made systemd hand the CPU controller on.
check "delegated without cpu: names it" \
    refuses "has no cpu; set Delegate=cpu memory pids" "system.slice/$unit.service/containers" --property=Delegate="memory pids" --property=DelegateSubgroup=service
check "not root and nothing delegated: says what to set" refuses "DelegateSubgroup=service in its unit and scaler.cgroup_parent to" scp
check "delegated without a subgroup: says what is in the way" \
    refuses "set DelegateSubgroup=service in this service's unit" "system.slice/$unit.service/containers" --property=Delegate="cpu memory pids"
start_delegated "system.slice/$unit.service/containers" --property=Delegate="cpu memory pids" --property=DelegateSubgroup=service
check "delegated with a subgroup: starts" answers
check "delegated with a subgroup: limits, freezes, kills and counts" limits_and_counts
systemctl stop "$unit"
