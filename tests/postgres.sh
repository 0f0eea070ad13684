#!/usr/bin/env bash
# A real PostgreSQL server for tests: Debian's, as an unprivileged user, on a random loopback port, with everything it keeps in
# one new directory. It writes to the disk as a server in use does. Several may run side by side.
#
#   postgres.sh run      starts it, prints its connection string and READY; ends and removes it once standard input is closed,
#                        which the death of whoever started it does in any case. Meanwhile a line "kill" on standard input ends
#                        it as a power failure does (answered by KILLED), and "start" starts it again (READY)
set -euo pipefail

readonly USER_NAME=scp
readonly LOG_LINES=20

fail() {
    echo "postgres.sh: $*" >&2
    exit 1
}

# Debian keeps the server's programs out of the path, a directory per version.
find_programs() {
    local directory
    for directory in $(ls -dv /usr/lib/postgresql/*/bin 2>/dev/null | tac) $(dirname -- "$(command -v postgres || echo /)"); do
        [[ -x $directory/initdb && -x $directory/postgres ]] && echo "$directory" && return
    done
    fail "PostgreSQL is not installed; run tests/install-dependencies.sh (package postgresql)."
}

free_port() {
    /usr/bin/python3 -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

initialize() {
    (umask 077 && od -An -N16 -tx1 /dev/urandom | tr -d ' \n' >"$DIR/password")
    [[ $(id -u) -ne 0 ]] || chown -R "$OWNER" "$DIR"
    "${AS_OWNER[@]}" "$PROGRAMS/initdb" -D "$DIR/data" -U "$USER_NAME" -A scram-sha-256 --pwfile="$DIR/password" -E UTF8 --locale=C.UTF-8 \
        >"$DIR/log" 2>&1 || fail "initdb failed: $(tail -n "$LOG_LINES" "$DIR/log")"
}

launch() { # PORT
    (cd / && exec setsid "${AS_OWNER[@]}" "$PROGRAMS/postgres" -D "$DIR/data" -c listen_addresses=127.0.0.1 -c "port=$1" \
        -c unix_socket_directories= -c max_connections=300 </dev/null >>"$DIR/log" 2>&1) &
    SERVER=$!
}

answers() { # PORT; false where the server ended instead, for example because its port was taken meanwhile
    local deadline=$((SECONDS + 60))
    until "$PROGRAMS/pg_isready" -q -h 127.0.0.1 -p "$1"; do
        kill -0 "$SERVER" 2>/dev/null || return 1
        ((SECONDS < deadline)) || fail "PostgreSQL did not answer within a minute: $(tail -n "$LOG_LINES" "$DIR/log")"
        sleep 0.1
    done
}

# At once, without writing anything more: the next start recovers from its log.
kill_server() {
    [[ -n $SERVER ]] || return 0
    kill -QUIT "$SERVER" 2>/dev/null || true
    wait "$SERVER" 2>/dev/null || true
    SERVER=
}

remove_all() {
    kill_server
    rm -rf -- "$DIR"
}

obey() { # PORT
    local order
    while read -r order; do
        case $order in
        kill) kill_server && echo KILLED ;;
        start)
            launch "$1"
            answers "$1" || fail "PostgreSQL did not start again: $(tail -n "$LOG_LINES" "$DIR/log")"
            echo READY
            ;;
        *) fail "\"$order\" is no order; allowed: kill, start." ;;
        esac
    done
}

[[ ${1:-} == run && $# -eq 1 ]] || fail "usage: postgres.sh run"
OWNER=postgres
SERVER=
AS_OWNER=()
PROGRAMS=$(find_programs)
# The server refuses to run as root.
if [[ $(id -u) -eq 0 ]]; then
    id "$OWNER" >/dev/null 2>&1 || fail "there is no user $OWNER to run the server as; the package postgresql makes it."
    AS_OWNER=(setpriv "--reuid=$OWNER" "--regid=$(id -g "$OWNER")" --clear-groups --)
fi
DIR=$(mktemp -d "${TMPDIR:-/tmp}/scp-postgres-XXXXXX")
trap remove_all EXIT
trap 'exit 0' INT TERM HUP
initialize
for attempt in 1 2 3; do
    port=$(free_port)
    launch "$port"
    if answers "$port"; then
        echo "Host=127.0.0.1;Port=$port;Username=$USER_NAME;Password=$(cat "$DIR/password")"
        echo READY
        obey "$port"
        exit 0
    fi
done
fail "PostgreSQL ended at its start, $attempt times: $(tail -n "$LOG_LINES" "$DIR/log")"
