#!/usr/bin/env bash
# Installs what the tests need on this machine: what the platform itself needs, and OpenStack Swift as an S3 server.
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

"$here/../deployment/scripts/install/all.sh"
swift_is_there || install_swift
swift_is_there || die "OpenStack Swift was installed but cannot be used: python3 -c 'import swift.proxy.server' fails."
say "OpenStack Swift is ready"
