#!/usr/bin/env bash
# Shows what runs, who owns and owes what, and what waits for what.
set -uo pipefail
if [[ ${1:-} == -h || ${1:-} == --help ]]; then
    sed -n '2s/^# //p' "$0"
    exit
fi
# shellcheck source=platform.sh
source "$(dirname "${BASH_SOURCE[0]}")/platform.sh"

table() { column -t -s $'\t' | sed 's/^/  /'; }
query() { # service, path, jq program
    api "$1" GET "$2" 2>/dev/null | jq -r "$3" 2>/dev/null | table
}

[[ -d $STATE/bin ]] || die "nothing is deployed in $STATE; run deploy.sh"
[[ -r $STATE/tokens/scaler ]] || die "the tokens in $STATE/tokens cannot be read; run this as root"
ok=0
say "Services"
rows=
for service in "${SERVICES[@]}"; do
    state=healthy
    if ! is_healthy "$service"; then
        ok=1
        state=stopped
        is_running "$service" && state="starting or failing, see $STATE/logs/$service.log"
    fi
    rows+="$service"$'\t'"${ADDRESS[$service]}"$'\t'"$state"$'\n'
done
table <<<"${rows%$'\n'}"
say "Node"
query scaler /node '"\(.node)\t\(.allocated_shares) of \(.shares) shares given\t\(.containers) containers\tcgroup v\(.cgroup_version)"'
say "Users"
query credit-manager /standings '.[] | "\(.user)\t\(.standing)\t\(.balance_halfords / 1e8) GRC\t\(.reason)"'
say "Functions"
query container-manager /functions '.[] | "\(.function)\t\(.user)\t\(.running | length) running\t\(.waiting) waiting\t\(.succeeded) succeeded\t\(.failed) failed\t\(.message)"'
alarms=$(api credit-manager GET /status 2>/dev/null | jq -r '(.alarms[]), (.wallet_error // empty)' 2>/dev/null)
if [[ -n $alarms ]]; then
    say "Alarms"
    printf '  %s\n' "${alarms//$'\n'/$'\n'  }"
fi
exit "$ok"
