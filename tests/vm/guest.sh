#!/usr/bin/env bash
# Runs inside the machine: what is printed goes to the host. Lines with @ are for run.sh: "@check passed|failed NAME", "@begin FILE" to
# "@end" a result file, "@done" at the end.
set -uo pipefail
readonly here=/srv/platform
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
# Programs that run for seconds gain nothing from being compiled twice.
export DOTNET_TieredPGO=0
# Emulation takes many times as long as a machine does.
export SCP_TEST_PATIENCE=6 SCP_API_TIMEOUT=300

check() { # name, command: one test
    local name=$1
    shift
    if "$@"; then
        echo "passed: $name"
        echo "@check passed $name"
    else
        echo "FAILED: $name"
        echo "@check failed $name"
    fi
}

send() { # file
    echo "@begin $(basename "$1")"
    gzip -c "$1" | base64
    echo "@end"
}

echo "$(. /etc/os-release && echo "$PRETTY_NAME"), Linux $(uname -r), $(stat -f -c %T /sys/fs/cgroup), $(systemctl --version | head -n 1)"
ip link set lo up
for part in $(cat "$here/tests/vm/wanted"); do
    # shellcheck source=/dev/null
    source "$here/tests/vm/parts/$part.sh"
done
echo "@done"
