#!/usr/bin/env bash
# A real S3 server for tests and demonstrations: OpenStack Swift with its S3 API, from Debian's packages, on random
# loopback ports, with everything it keeps in one directory. Nothing outside that directory is read or written, so
# several may run side by side.
#
#   swift.sh start DIR   starts it in the background; prints its address and keys, also kept in DIR/connection.env
#   swift.sh stop DIR    ends it and removes its data
#   swift.sh run DIR     the same in the foreground, until its standard input is closed; for test fixtures, whose
#                        death closes it in any case
set -euo pipefail

ACCESS_KEY=scp:admin
SECRET_KEY=secretsecret
SERVERS=(account container object proxy)

fail() {
    echo "swift.sh: $*" >&2
    exit 1
}

need_packages() {
    /usr/bin/python3 -c 'import swift.proxy.server, swift.obj.server' 2>/dev/null &&
        command -v swift-ring-builder memcached >/dev/null && return
    fail "OpenStack Swift or memcached is not installed; run tests/install-dependencies.sh (packages swift-proxy swift-account swift-container swift-object memcached)."
}

# The object server keeps an object's metadata in extended attributes.
need_xattrs() {
    /usr/bin/python3 -c 'import os, sys; os.setxattr(sys.argv[1], "user.scp", b"1")' "$1" 2>/dev/null ||
        fail "the file system of $1 has no extended attributes; choose another directory."
}

free_ports() {
    /usr/bin/python3 -c '
import socket
sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(5)]
print(*(s.getsockname()[1] for s in sockets))'
}

server_config() { # SERVER PORT
    cat <<EOF
[DEFAULT]
swift_dir = $DIR
devices = $DIR/devices
mount_check = false
bind_ip = 127.0.0.1
bind_port = $2
user = $(id -un)
workers = 0
disable_fallocate = true
fallocate_reserve = 0
log_level = ERROR
[pipeline:main]
pipeline = $1-server
[app:$1-server]
use = egg:swift#$1
EOF
}

# Patient timeouts: the machine may be busy with tests.
proxy_config() { # PORT MEMCACHED_PORT
    cat <<EOF
[DEFAULT]
swift_dir = $DIR
bind_ip = 127.0.0.1
bind_port = $1
user = $(id -un)
workers = 0
log_level = ERROR
[pipeline:main]
pipeline = catch_errors gatekeeper healthcheck proxy-logging cache listing_formats s3api tempauth copy slo dlo proxy-logging proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
conn_timeout = 5
node_timeout = 60
error_suppression_limit = 1000000
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:$2
connect_timeout = 5
io_timeout = 10
pool_timeout = 10
[filter:tempauth]
use = egg:swift#tempauth
user_${ACCESS_KEY/:/_} = $SECRET_KEY .admin
[filter:s3api]
use = egg:swift#s3api
EOF
    local filter
    for filter in catch_errors gatekeeper healthcheck listing_formats copy slo dlo; do
        printf '[filter:%s]\nuse = egg:swift#%s\n' "$filter" "$filter"
    done
    printf '[filter:proxy-logging]\nuse = egg:swift#proxy_logging\n'
}

make_ring() { # SERVER PORT
    (
        cd "$DIR"
        swift-ring-builder "$1.builder" create 4 1 1
        swift-ring-builder "$1.builder" add "r1z1-127.0.0.1:$2/d1" 1
        swift-ring-builder "$1.builder" rebalance
    ) >/dev/null
}

configure() { # ports of account, container, object, proxy and memcached
    rm -f "$DIR"/*.builder "$DIR"/*.ring.gz
    printf '[swift-hash]\nswift_hash_path_suffix = %s\n' "$RANDOM$RANDOM" >"$DIR/swift.conf"
    local ports=("$@") i
    for i in 0 1 2; do
        make_ring "${SERVERS[i]}" "${ports[i]}"
        server_config "${SERVERS[i]}" "${ports[i]}" >"$DIR/${SERVERS[i]}.conf"
    done
    proxy_config "${ports[3]}" "${ports[4]}" >"$DIR/proxy.conf"
    # Swift's own commands read /etc/swift first; this one never does.
    cat >"$DIR/serve.py" <<'EOF'
import sys
from swift.common import utils
utils.set_swift_dir(sys.argv[1])
from swift.common.wsgi import run_wsgi
sys.exit(run_wsgi("%s/%s.conf" % (sys.argv[1], sys.argv[2]), sys.argv[2] + "-server"))
EOF
}

launch() { # the same ports
    local server
    setsid memcached -u "$(id -un)" -l 127.0.0.1 -p "$5" -U 0 -m 64 -P "$DIR/memcached.pid" </dev/null >>"$DIR/memcached.log" 2>&1 &
    PIDS=($!)
    for server in "${SERVERS[@]}"; do
        setsid /usr/bin/python3 "$DIR/serve.py" "$DIR" "$server" </dev/null >>"$DIR/$server.log" 2>&1 &
        PIDS+=($!)
    done
    echo "${PIDS[@]}" >"$DIR/pids"
}

all_alive() {
    local pid
    for pid in "${PIDS[@]}"; do
        kill -0 "$pid" 2>/dev/null || return 1
    done
}

answers() { # PORT of every server
    local port
    for port in "$@"; do
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || return 1
    done
    curl -fs -o /dev/null --max-time 5 "http://127.0.0.1:$4/healthcheck"
}

wait_until_ready() { # PORTS; false where a server ended instead, for example because its port was taken meanwhile
    local deadline=$((SECONDS + 120))
    until answers "$@"; do
        all_alive || return 1
        ((SECONDS < deadline)) || fail "Swift did not answer within two minutes; see $DIR/*.log."
        sleep 0.2
    done
}

end_servers() {
    [[ -f $DIR/pids ]] || return 0
    local pids pid
    read -ra pids <"$DIR/pids"
    for pid in "${pids[@]}"; do
        # A pid that now belongs to another program is left alone.
        if grep -qsF -e "$DIR/serve.py" -e "$DIR/memcached.pid" "/proc/$pid/cmdline"; then
            kill -KILL -- "-$pid" 2>/dev/null || kill -KILL "$pid" 2>/dev/null || true
        fi
    done
    rm -f "$DIR/pids"
}

serve() {
    need_packages
    mkdir -p "$DIR/devices/d1"
    need_xattrs "$DIR/devices/d1"
    local attempt ports
    for attempt in 1 2 3; do
        read -ra ports <<<"$(free_ports)"
        configure "${ports[@]}"
        launch "${ports[@]}"
        if wait_until_ready "${ports[@]}"; then
            (umask 077 && printf '%s\n' "$SECRET_KEY" >"$DIR/secret_key")
            printf 'S3_ENDPOINT=http://127.0.0.1:%s\nS3_ACCESS_KEY=%s\nS3_SECRET_KEY_FILE=%s\n' \
                "${ports[3]}" "$ACCESS_KEY" "$DIR/secret_key" >"$DIR/connection.env"
            return
        fi
        end_servers
    done
    fail "Swift ended at its start, $attempt times; see $DIR/*.log."
}

remove_all() {
    end_servers
    rm -rf -- "$DIR"
}

[[ $# -eq 2 && -n $2 ]] || fail "usage: swift.sh start|stop|run DIR"
DIR=$(realpath -m -- "$2")
case $1 in
start)
    [[ ! -e $DIR/pids ]] || fail "$DIR/pids exists: it runs already; swift.sh stop $DIR ends it."
    trap end_servers ERR
    serve
    cat "$DIR/connection.env"
    ;;
stop)
    [[ -e $DIR/serve.py || ! -e $DIR ]] || fail "$DIR is not a directory of swift.sh; nothing was removed."
    remove_all
    ;;
run)
    trap remove_all EXIT
    trap 'exit 0' INT TERM HUP
    serve
    cat "$DIR/connection.env"
    echo READY
    cat >/dev/null || true
    ;;
*)
    fail "usage: swift.sh start|stop|run DIR"
    ;;
esac
