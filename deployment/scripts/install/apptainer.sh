#!/usr/bin/env bash
# Installs Apptainer and what it needs to run and build images without root. Safe to repeat.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../lib/common.sh"

readonly SID_SOURCES=/etc/apt/sources.list.d/scp-sid.sources
readonly SID_PREFERENCES=/etc/apt/preferences.d/scp-sid

# Where this machine gets Debian itself from.
debian_site() {
    # shellcheck disable=SC2016  # apt's own placeholders
    apt-get indextargets --format '$(SITE) $(ORIGIN)/$(LABEL)' 'Created-By: Packages' | awk '$2 == "Debian/Debian" { print $1; exit }'
}

has_candidate() {
    apt-cache policy "$1" | grep -q 'Candidate: [^(]'
}

# Debian has Apptainer in its unstable release only: added below everything else, so that nothing but Apptainer and
# what it depends on comes from there.
add_debian_sid() {
    local site
    site=$(debian_site)
    [ -n "$site" ] || { apt-get -q update && site=$(debian_site); }
    [ -n "$site" ] || die "no source of Debian's main archive is in /etc/apt: add one and run this again."
    say "adding Debian unstable with low priority, from $site"
    printf 'Package: *\nPin: release n=sid\nPin-Priority: 100\n' >"$SID_PREFERENCES"
    printf 'Types: deb\nURIs: %s\nSuites: sid\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n' \
        "$site" >"$SID_SOURCES"
    if ! apt-get -q update; then
        # Unstable's index says that it is good for a week; a mirror that stands still outlives that. It is signed all the same.
        say "the mirror's index of Debian unstable may be out of date (a frozen mirror?): trying it without that check"
        echo 'Check-Valid-Until: no' >>"$SID_SOURCES"
        apt-get -q update
    fi
}

install_on_debian() {
    has_candidate apptainer || apt-get -q update
    if has_candidate apptainer; then
        install_packages apptainer
    else
        add_debian_sid
        DEBIAN_FRONTEND=noninteractive apt-get -q -o Dpkg::Use-Pty=0 install -y --no-install-recommends -t sid apptainer
    fi
}

install_on_ubuntu() {
    has_candidate apptainer || apt-get -q update
    if ! has_candidate apptainer; then
        say "adding the Apptainer project's own archive (ppa:apptainer/ppa)"
        install_packages software-properties-common
        add-apt-repository -y ppa:apptainer/ppa
    fi
    install_packages apptainer
}

install_on_fedora() {
    [ "$(os_id)" = fedora ] || rpm -q epel-release >/dev/null || dnf -q install -y epel-release
    install_packages apptainer
}

install_apptainer() {
    say "installing Apptainer on $(os_name)"
    case $(os_id) in
    debian) install_on_debian ;;
    ubuntu) install_on_ubuntu ;;
    rocky | almalinux | rhel | centos | fedora) install_on_fedora ;;
    *) die "does not know how to install Apptainer on $(os_name): install version 1.2 or newer by hand and run this again." ;;
    esac
}

# Packages of helpers differ by name between the families.
install_helpers() {
    local missing=()
    if have apt-get; then
        have squashfuse || have squashfuse_ll || missing+=(squashfuse)
        have fuse2fs || missing+=(fuse2fs)
        have newuidmap || missing+=(uidmap)
        have fakeroot || missing+=(fakeroot)
        have setpriv || missing+=(util-linux)
    else
        have newuidmap || missing+=(shadow-utils-subid)
        have setpriv || missing+=(util-linux)
    fi
    have debootstrap || missing+=(debootstrap)
    [ ${#missing[@]} -eq 0 ] || install_packages "${missing[@]}"
}

# Distributions ship /dev/fuse readable and writable for everybody; without that no unprivileged user can mount an image.
open_fuse() {
    [ -c /dev/fuse ] || modprobe fuse 2>/dev/null || true
    [ -c /dev/fuse ] || die "there is no /dev/fuse: load the kernel module fuse (in a container: pass the device through)."
    case $(stat -c %a /dev/fuse) in
    *[67]) ;;
    *)
        say "opening /dev/fuse to every user (mode 0666)"
        chmod 0666 /dev/fuse
        ;;
    esac
}

require_root
have apptainer || install_apptainer
install_helpers
open_fuse
say "$(apptainer --version) is ready"
