#!/usr/bin/env bash
# Installs what the tests need on this machine: what the platform itself needs, OpenStack Swift as an S3 server, PostgreSQL, Docker,
# and promtool.
# Safe to repeat; does nothing where everything is there.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=../deployment/scripts/lib/common.sh
. "$here/../deployment/scripts/lib/common.sh"

readonly NO_START=/usr/sbin/policy-rc.d

swift_is_there() {
    have memcached && have swift-ring-builder &&
        /usr/bin/python3 -c 'import swift.proxy.server, swift.account.server, swift.container.server, swift.obj.server' 2>/dev/null
}

postgres_is_there() { id postgres >/dev/null 2>&1 && find /usr/lib/postgresql -path '*/bin/initdb' 2>/dev/null | grep -q .; }

# The packages would start servers of their own with the machine; the tests start theirs on free ports and end them.
forbid_starts() {
    [ ! -e "$NO_START" ] || return 0
    printf '#!/bin/sh\nexit 101\n' >"$NO_START"
    chmod +x "$NO_START"
    trap 'rm -f "$NO_START"' EXIT
}

install_swift() {
    require_root
    have apt-get || die "Swift is installed from packages of Debian and Ubuntu only; on $(os_name) run the S3 tests' server elsewhere."
    say "installing OpenStack Swift and memcached for the S3 tests"
    forbid_starts
    install_packages python3 swift-proxy swift-account swift-container swift-object memcached
}

install_postgres() {
    require_root
    have apt-get || die "PostgreSQL is installed from packages of Debian and Ubuntu only; on $(os_name) install its server by hand."
    say "installing PostgreSQL for the tests of the database"
    forbid_starts
    # No cluster of the machine's own either: the tests make theirs and remove them.
    mkdir -p /etc/postgresql-common/createcluster.d
    printf 'create_main_cluster = false\n' >/etc/postgresql-common/createcluster.d/scp-tests.conf
    install_packages postgresql
}

install_docker() {
    require_root
    have apt-get || die "Docker is installed from packages of Debian and Ubuntu only; on $(os_name) put dockerd into the PATH."
    say "installing Docker for the tests of its engine"
    forbid_starts
    install_packages docker.io
}

install_promtool() {
    require_root
    have apt-get || die "promtool is installed from packages of Debian and Ubuntu only; on $(os_name) put Prometheus' promtool into the PATH."
    say "installing Prometheus for its promtool, which judges metrics and alert rules"
    forbid_starts
    install_packages prometheus
}

"$here/../deployment/scripts/install/all.sh"
swift_is_there || install_swift
swift_is_there || die "OpenStack Swift was installed but cannot be used: python3 -c 'import swift.proxy.server' fails."
say "OpenStack Swift is ready"
postgres_is_there || install_postgres
postgres_is_there || die "PostgreSQL was installed but its server is not in /usr/lib/postgresql."
say "PostgreSQL is ready"
have dockerd || install_docker
have dockerd || die "docker.io was installed but there is no dockerd in the PATH."
say "Docker is ready"
have promtool || install_promtool
have promtool || die "prometheus was installed but there is no promtool in the PATH."
say "promtool is ready"
