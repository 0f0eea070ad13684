#!/usr/bin/env bash
# Installs what the tests need beyond the platform's own needs: OpenStack Swift, the S3 server of the store's tests.
# Safe to repeat.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. deployment/scripts/lib/common.sh

swift_is_here() { /usr/bin/python3 -c 'import swift.proxy.server, swift.obj.server' 2>/dev/null && have memcached; }

deployment/scripts/install/all.sh
swift_is_here || install_packages swift-proxy swift-account swift-container swift-object memcached
say "ready"
