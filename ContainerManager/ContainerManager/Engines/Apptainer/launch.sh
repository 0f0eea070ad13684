# Becomes a process of a container: joins its cgroups, writes down which process it is, and only then becomes the command,
# which gives up root. Arguments: LOG RECORD COUNT JOIN-FILE... COMMAND...
# RECORD (none where empty) gets "pid start", start in clock ticks since boot as in field 22 of /proc/PID/stat.
set -eu
log=$1 record=$2 count=$3
shift 3
umask 022
# Files and not pipes: the command lives on when the service that started it is gone.
exec </dev/null >>"$log" 2>&1
while [ "$count" -gt 0 ]; do
    echo $$ >"$1" || {
        echo "The process cannot join the cgroup of $1."
        exit 125
    }
    shift
    count=$((count - 1))
done
if [ -n "$record" ]; then
    read -r stat </proc/$$/stat
    # The command, in parentheses, may hold spaces; the fields after it do not.
    # shellcheck disable=SC2086  # split into fields on purpose
    start=$(set -f; set -- ${stat##*) }; shift 19; echo "$1")
    echo "$$ $start" >"$record.new"
    mv -f "$record.new" "$record"
fi
exec "$@"
