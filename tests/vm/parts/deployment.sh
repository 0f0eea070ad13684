# shellcheck shell=bash
# Sourced by guest.sh: a whole deployment as systemd units, with tasks of the demo.

readonly state=/var/lib/serverless-credit-platform scripts=$here/deployment/scripts/single-node
readonly services=(gridcoin-devnet scaler credit-manager container-manager)

quietly() { "$@" >/var/tmp/output 2>&1 || { tail -n 40 /var/tmp/output; return 1; }; }

are_active() {
    local service
    for service in "${services[@]}"; do systemctl is-active --quiet "scp-$service.service" || { systemctl status --no-pager "scp-$service.service"; return 1; }; done
}

comes_back() { # service, address: killed by SIGKILL, started again by systemd
    local before after i
    before=$(systemctl show --property=MainPID --value "scp-$1.service")
    # Process 0 would be this very script and all it started.
    ((before > 1)) && kill -KILL "$before" || return 1
    for ((i = 0; i < 600; i++)); do
        after=$(systemctl show --property=MainPID --value "scp-$1.service")
        [[ $after != "$before" && $after != 0 ]] && curl --silent --fail --output /dev/null --max-time 5 "$2/health" && return 0
        sleep 0.2
    done
    return 1
}

demo() {
    # Minutes on this machine; one that hangs is not to take the hour that all of it has.
    quietly timeout --kill-after=10 900 "$scripts/demo.sh"
    local status=$?
    grep -E '^  (right|WRONG)|^(kernel|billed)' /var/tmp/output
    return "$status"
}

nothing_is_left() {
    local service
    for service in "${services[@]}"; do ! systemctl is-active --quiet "scp-$service.service" || return 1; done
    [[ ! -e /sys/fs/cgroup/scp ]] && ! pgrep -f "$state/bin" && ! grep " $state/" /proc/mounts
}

mkdir -p "$state" && cp -r "$here/state/." "$state/"
check "deploy.sh starts the platform on systemd" quietly "$scripts/deploy.sh"
check "every service is an active unit" are_active
check "figures are open to Prometheus and as it wants them" \
    bash -c 'set -o pipefail; for port in 7100 7200 7300; do curl --silent --fail http://127.0.0.1:$port/metrics | promtool check metrics || exit 1; done'
check "the demo's three tasks are run, limited and billed to the microsecond" demo
check "a Scaler that is killed is started again by systemd" comes_back scaler http://127.0.0.1:7200
check "the demo is right on the Scaler that came back" demo
check "stop.sh ends it" quietly "$scripts/stop.sh"
check "no process, mount or cgroup is left" nothing_is_left
