#!/usr/bin/env bash
# Stops the platform: running tasks go back to where they came from, what they used is billed first, and no process, mount or
# cgroup is left. What users own (buckets, wallet, ledger) stays; deploy.sh goes on where this left off.
set -uo pipefail
if [[ ${1:-} == -h || ${1:-} == --help ]]; then
    sed -n '2,3s/^# //p' "$0"
    exit
fi
# shellcheck source=platform.sh
source "$(dirname "${BASH_SOURCE[0]}")/platform.sh"
require_root

stop_service container-manager
if is_healthy scaler && [[ -r $STATE/tokens/scaler ]]; then
    say "Closing the containers."
    for id in $(api scaler GET /containers | jq -r '.[] | select(.closed | not) | .container_id'); do
        api scaler DELETE "/containers/$id" >/dev/null || say "The container $id could not be closed; its processes are killed below." >&2
    done
    if is_healthy credit-manager; then
        # Final readings leave the list once they are billed.
        for _ in {1..100}; do
            [[ $(api scaler GET /usage | jq length) == 0 ]] && break
            sleep 0.1
        done
    fi
fi
for ((i = ${#SERVICES[@]} - 2; i >= 0; i--)); do stop_service "${SERVICES[i]}"; done

# What a killed service left behind.
for directory in $(platform_cgroups); do
    mapfile -t pids <"$directory/cgroup.procs"
    ((${#pids[@]})) && kill -KILL "${pids[@]}" 2>/dev/null
    [[ -w $directory/freezer.state ]] && echo THAWED >"$directory/freezer.state"
done
for _ in {1..100}; do
    left=0
    for directory in $(platform_cgroups); do rmdir "$directory" 2>/dev/null || left=1; done
    ((left)) || break
    sleep 0.1
done
((left)) && die "a cgroup below /sys/fs/cgroup/*/$CGROUP_PARENT cannot be removed: a process in it does not die"
if grep -q " $STATE/" /proc/mounts; then die "a mount below $STATE is left: $(grep " $STATE/" /proc/mounts)"; fi
say "The platform is stopped. Its data is in $STATE."
