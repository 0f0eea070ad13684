#!/usr/bin/env bash
# Builds the machine of the tests on cgroup version 2: Debian 13 with systemd, a kernel, Apptainer and this machine's .NET.
#
#   build-image.sh DIRECTORY      receives machine.img, kernel and initrd
#   build-image.sh --inputs       says what the image is made of: another text, another image
set -euo pipefail
# shellcheck source=../../deployment/scripts/lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/../../deployment/scripts/lib/common.sh"

readonly RELEASE=trixie SIZE=3G
readonly PACKAGES=systemd-sysv,dbus,linux-image-amd64,kmod,iproute2,procps,curl,jq,ca-certificates,squashfuse,fuse2fs,uidmap,fakeroot,debootstrap,bsdextrautils
dotnet_command=$(command -v dotnet) || die "there is no dotnet in the PATH"
dotnet_home=$(dirname "$(readlink -f "$dotnet_command")")
readonly dotnet_command dotnet_home

if [[ ${1:-} == --inputs ]]; then
    sha256sum <"${BASH_SOURCE[0]}"
    echo "$dotnet_command $dotnet_home $(dotnet --version)"
    sha256sum <"$(command -v promtool)"
    exit
fi
require_root
target=$(realpath "${1:?wants the directory to build into}")
# Where this machine itself gets Debian's packages from.
# shellcheck disable=SC2016  # apt's own placeholders
mirror=${DEBIAN_MIRROR:-$(apt-get indextargets --format '$(SITE) $(ORIGIN)/$(LABEL)' 'Created-By: Packages' 2>/dev/null | awk '$2 == "Debian/Debian" { print $1; exit }')}
[[ -n $mirror ]] || die "this machine's apt does not say where Debian's packages are: set DEBIAN_MIRROR to the address of a mirror."

root=$(mktemp -d "$target/root-XXXXXX")
trap 'rm -rf "$root"' EXIT
quietly() { "$@" >"$target/build.log" 2>&1 || { tail -n 20 "$target/build.log" >&2 && die "failed: $*"; }; }

say "installing Debian $RELEASE"
quietly debootstrap --variant=minbase --include="$PACKAGES" "$RELEASE" "$root" "$mirror"
say "installing Apptainer"
# Debian has it in its unstable release only, whose index may be out of date on a mirror that stands still; it is signed all the same.
cat >"$root/etc/apt/sources.list.d/sid.sources" <<SID
Types: deb
URIs: $mirror
Suites: sid
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
Check-Valid-Until: no
SID
printf 'Package: *\nPin: release n=sid\nPin-Priority: 100\n' >"$root/etc/apt/preferences.d/sid"
cp /etc/resolv.conf "$root/etc/resolv.conf"
quietly chroot "$root" apt-get -q update
quietly chroot "$root" env DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends -t sid apptainer

# No mirror's address stays behind, and nothing that the tests do not need.
rm -rf "$root"/etc/apt/sources.list* "$root"/var/lib/apt/lists/* "$root"/var/cache/apt/*.bin "$root"/var/cache/apt/archives/*.deb \
    "$root"/usr/share/{doc,man,locale}
# Apptainer gives every container the machine's, and starts none where there is none.
: >"$root/etc/resolv.conf"
mkdir -p "$root$dotnet_home" "$root$(dirname "$dotnet_command")" "$root/srv/platform"
tar -C "$dotnet_home" --exclude=./packs --exclude=./templates -cf - . | tar -C "$root$dotnet_home" -xf -
[[ -e $root$dotnet_command ]] || ln -s "$dotnet_home/dotnet" "$root$dotnet_command"
cp "$(command -v promtool)" "$root/usr/bin/promtool"
echo scp-vm >"$root/etc/hostname"
echo '127.0.0.1 localhost scp-vm' >"$root/etc/hosts"
echo '/dev/vdb /srv/platform ext4 ro,nofail,x-systemd.device-timeout=20min 0 0' >"$root/etc/fstab"
cat >"$root/etc/systemd/system/guest.service" <<'UNIT'
[Unit]
Description=Runs the tests and powers the machine off
RequiresMountsFor=/srv/platform
# Not after multi-user.target, which wants this unit and would wait for it.
After=basic.target systemd-user-sessions.service
SuccessAction=poweroff-force
FailureAction=poweroff-force

[Service]
Type=oneshot
Environment=HOME=/root
ExecStart=/srv/platform/tests/vm/guest.sh
StandardOutput=file:/dev/ttyS1
StandardError=inherit
TimeoutStartSec=infinity
TasksMax=infinity
OOMPolicy=continue

[Install]
WantedBy=multi-user.target
UNIT
quietly chroot "$root" systemctl enable guest.service
quietly chroot "$root" systemctl mask serial-getty@ttyS0.service serial-getty@ttyS1.service apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer

say "making the disk"
cp "$root"/boot/vmlinuz-* "$target/kernel"
cp "$root"/boot/initrd.img-* "$target/initrd"
rm -rf "${root:?}"/boot/*
quietly mkfs.ext4 -q -F -d "$root" "$target/machine.img" "$SIZE"
rm -f "$target/build.log"
say "the machine is ready"
