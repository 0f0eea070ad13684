#!/usr/bin/env bash
# Installs and configures a real Gridcoin wallet daemon (gridcoinresearchd) where the system's packages have it, and explains
# how to get it where they do not. Safe to repeat: an existing configuration, wallet and chain are left alone.
#
#   gridcoin-server.sh [--testnet] [--data DIRECTORY]
#
#   --testnet          the test network, whose coins are worth nothing
#   --data DIRECTORY   wallet and chain; /var/lib/gridcoin unless given. Needs 15 GB and more on the main network
#
# The daemon answers RPC on loopback only, with a password made here. Afterwards:
#   ../single-node/deploy.sh --wallet URL --wallet-credentials FILE      (both are printed at the end)
#
# The chain takes hours to load from the network. A snapshot of the community is faster: stop the daemon, run
#   gridcoinresearchd -datadir=DIRECTORY -snapshotdownload
# and start it again. A snapshot is checked by its checksum, not by the rules of the chain: load the chain itself if that is not enough.
# Keep a copy of DIRECTORY/wallet.dat in a safe place: it is the coins.
set -euo pipefail
# shellcheck source=wallet.sh
source "$(dirname "${BASH_SOURCE[0]}")/wallet.sh"

network=main data=/var/lib/gridcoin port=15715
while (($#)); do
    case $1 in
        -h | --help) sed -n '2,/^set/{/^# \{0,1\}/s///p}' "$0" && exit ;;
        --testnet) network=test port=25715 ;;
        --data)
            (($# > 1)) || die "--data needs a directory" 2
            data=$(realpath -m "$2")
            shift
            ;;
        *) die "\"$1\" is not allowed; see --help" 2 ;;
    esac
    shift
done
((EUID == 0)) || die "run this as root: it installs a package and a service of its own user" 2

readonly package=gridcoinresearchd owner=gridcoin
explain() {
    cat >&2 <<TEXT
$(basename "$0"): the packages of this system do not have $package. Ways to get it, then run this again:
  - Debian testing or unstable, or an Ubuntu release whose "apt-cache show $package" finds it
  - the Gridcoin community's packages for your system, listed on https://gridcoin.us under "Wallet"
  - build it: https://github.com/gridcoin-community/Gridcoin-Research, file doc/build-unix.md; put $package into /usr/local/bin
The platform itself runs without it, on its development wallet: ../single-node/deploy.sh
TEXT
    exit 1
}
install_daemon() {
    if command -v apt-get >/dev/null; then
        apt-get update -qq || true
        # apt-cache show also succeeds for names that only other packages mention; a candidate is what can be installed.
        [[ $(apt-cache policy "$package" | sed -n 's/^  Candidate: //p') =~ ^[^\(] ]] || explain
        DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$package"
    elif command -v dnf >/dev/null; then
        dnf -q list --available "$package" >/dev/null 2>&1 || explain
        dnf -y install "$package"
    elif command -v zypper >/dev/null; then
        zypper --non-interactive search --match-exact "$package" >/dev/null 2>&1 || explain
        zypper --non-interactive install "$package"
    elif command -v pacman >/dev/null; then
        pacman -Si "$package" >/dev/null 2>&1 || explain
        pacman -S --noconfirm "$package"
    else
        explain
    fi
}
command -v "$package" >/dev/null || install_daemon
daemon=$(command -v "$package") || explain

id "$owner" >/dev/null 2>&1 || useradd --system --home-dir "$data" --shell /usr/sbin/nologin "$owner"
install -d -m 700 -o "$owner" "$data"
config=$data/gridcoinresearch.conf
if [[ ! -s $config ]]; then
    password=$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')
    (umask 077 && cat >"$config") <<CONF
server=1
rpcuser=serverless-credit-platform
rpcpassword=$password
rpcbind=127.0.0.1
rpcallowip=127.0.0.1
rpcport=$port
enableaccounts=1
staking=0
$([[ $network == test ]] && echo testnet=1)
CONF
    chown "$owner" "$config"
fi
for setting in rpcuser rpcpassword enableaccounts=1; do
    grep -q "^$setting" "$config" || die "$config lacks \"$setting\", which the platform needs; add it and run this again"
done
port=$(sed -n 's/^rpcport=//p' "$config" | tail -n 1)

run=("$daemon" "-datadir=$data" "-conf=$config" -printtoconsole)
if [[ -d /run/systemd/system ]]; then
    cat >/etc/systemd/system/scp-gridcoin.service <<UNIT
[Unit]
Description=Gridcoin wallet of the ServerlessCreditPlatform
After=network-online.target

[Service]
User=$owner
ExecStart=${run[*]}
Restart=on-failure
TimeoutStopSec=300

[Install]
WantedBy=multi-user.target
UNIT
    systemctl daemon-reload
    systemctl enable --now scp-gridcoin.service
    echo "The daemon runs as scp-gridcoin.service; its log: journalctl -u scp-gridcoin.service"
else
    echo "This system has no systemd. Start the daemon by:"
    echo "  runuser -u $owner -- ${run[*]}"
fi
cat <<TEXT
Ask it:          SCP_WALLET_ADDRESS=http://127.0.0.1:${port:-15715} SCP_WALLET_CREDENTIALS=$config $(dirname "$0")/gridcoin-run.sh getinfo
Deploy with it:  $(dirname "$0")/../single-node/deploy.sh --wallet http://127.0.0.1:${port:-15715} --wallet-credentials $config
It is of use once "in_sync" is true; see --help for the snapshot that makes this faster.
TEXT
