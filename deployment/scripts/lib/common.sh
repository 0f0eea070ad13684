# shellcheck shell=bash
# Sourced by the scripts of this directory's neighbours.

say() { printf '%s: %s\n' "${0##*/}" "$*"; }

die() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

# Ends the script with a clear word where it cannot change the machine.
require_root() {
    [ "$(id -u)" -eq 0 ] || die "must run as root: sudo $0"
}

# ID and VERSION_ID of /etc/os-release; "unknown" on a machine without it.
os_id() { (ID=unknown && [ -r /etc/os-release ] && . /etc/os-release && printf '%s\n' "$ID"); }

os_name() { (PRETTY_NAME="an unknown system" && [ -r /etc/os-release ] && . /etc/os-release && printf '%s\n' "$PRETTY_NAME"); }

have() { command -v "$1" >/dev/null 2>&1; }

# Installs packages with the system's own package manager.
install_packages() {
    if have apt-get; then
        DEBIAN_FRONTEND=noninteractive apt-get -q -o Dpkg::Use-Pty=0 install -y --no-install-recommends "$@" ||
            { apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -q -o Dpkg::Use-Pty=0 install -y --no-install-recommends "$@"; }
    elif have dnf; then
        dnf -q install -y "$@"
    else
        die "this script knows apt-get and dnf only; install these packages by hand and run it again: $*"
    fi
}
