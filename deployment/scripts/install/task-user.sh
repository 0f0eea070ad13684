#!/usr/bin/env bash
# Makes the unprivileged user that containers and image builds run as (scp-tasks, or $SCP_TASK_USER). Safe to repeat.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../lib/common.sh"

readonly TASK_USER=${SCP_TASK_USER:-scp-tasks}
readonly RANGE=65536

make_user() {
    say "making the system user $TASK_USER"
    getent group "$TASK_USER" >/dev/null || groupadd --system "$TASK_USER"
    useradd --system --gid "$TASK_USER" --home-dir "/var/lib/$TASK_USER" --create-home \
        --shell "$(command -v nologin || echo /usr/sbin/nologin)" --comment "ServerlessCreditPlatform tasks" "$TASK_USER"
}

# Builds need user ids of their own: one range that no other user has.
add_range() {
    local file=$1 start
    [ -e "$file" ] || install -m 0644 /dev/null "$file"
    ! grep -q "^$TASK_USER:" "$file" || return 0
    start=$(awk -F: 'BEGIN { free = 100000 } $2 + $3 > free { free = $2 + $3 } END { print free }' "$file")
    say "giving $TASK_USER the ids $start to $((start + RANGE - 1)) in $file"
    printf '%s:%s:%s\n' "$TASK_USER" "$start" "$RANGE" >>"$file"
}

require_root
[[ $TASK_USER =~ ^[a-z_][a-z0-9_-]{0,31}$ ]] || die "SCP_TASK_USER: \"$TASK_USER\" is not allowed; allowed: a user name."
getent passwd "$TASK_USER" >/dev/null || make_user
[ "$(id -u "$TASK_USER")" -ne 0 ] || die "SCP_TASK_USER: $TASK_USER is root; allowed: an unprivileged user."
add_range /etc/subuid
add_range /etc/subgid
say "$TASK_USER is ready"
