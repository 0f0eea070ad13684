#!/usr/bin/env bash
# Builds images/NAME.def of this repository to IMAGES_DIRECTORY/NAME.sif as the task user, where the definition, or the image
# that it builds upon, has changed. Safe to repeat.
#
#   images.sh IMAGES_DIRECTORY CACHE_DIRECTORY NAME...     names are built in the order given
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../lib/common.sh"

readonly TASK_USER=${SCP_TASK_USER:-scp-tasks}
(($# >= 3)) || die "wants IMAGES_DIRECTORY CACHE_DIRECTORY NAME..."
require_root
definitions=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../../images" && pwd)
images=$(realpath "$1") cache=$(realpath "$2")
readonly definitions images cache
shift 2
work=
trap '[ -z "$work" ] || rm -rf "$work"' EXIT

as_task_user() {
    local home
    home=$(getent passwd "$TASK_USER" | cut -d: -f6)
    # debootstrap and its like are in the administrator's directories.
    setpriv --reuid "$TASK_USER" --regid "$TASK_USER" --clear-groups \
        env HOME="$home" PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        APPTAINER_CONFIGDIR="$work" APPTAINER_CACHEDIR="$work" APPTAINER_TMPDIR="$work" "$@"
}

base_of() { awk -F': *' 'tolower($1) == "from" { print $2; exit }' "$1"; }

digest_of() { # of a definition together with the image that it builds upon
    local base
    base=$(base_of "$1")
    cat "$1" ${base:+"$images/$base.digest"} | sha256sum | cut -d' ' -f1
}

# The operator's choice, else where this machine itself gets Debian's packages from.
debian_mirror() {
    # shellcheck disable=SC2016  # apt's own placeholders
    echo "${DEBIAN_MIRROR:-$(apt-get indextargets --format '$(SITE) $(ORIGIN)/$(LABEL)' 'Created-By: Packages' 2>/dev/null | awk '$2 == "Debian/Debian" { print $1; exit }')}"
}

build() { # name, definition
    local arguments=() site
    if grep -q 'DEBIAN_MIRROR' "$2"; then
        site=$(debian_mirror)
        [ -n "$site" ] || die "$1.def needs Debian's packages, and this machine's apt does not say where they are: \
set DEBIAN_MIRROR to the address of a Debian mirror and run this again."
        arguments=(--build-arg "DEBIAN_MIRROR=$site")
    fi
    work=$(mktemp -d "$cache/build-XXXXXX")
    chown "$TASK_USER:" "$work"
    say "building $1.sif"
    cp "$2" "$work/$1.def"
    chmod 0644 "$work/$1.def"
    (cd "$images" && as_task_user apptainer build "${arguments[@]}" "$work/$1.sif" "$work/$1.def") >"$work/log" 2>&1 ||
        { tail -n 20 "$work/log" >&2 && die "the image $1.def does not build; its last words are above."; }
    chown root: "$work/$1.sif"
    mv "$work/$1.sif" "$images/$1.sif"
    rm -rf "$work"
    work=
}

[ "$(stat -c %a "$images" | cut -c3)" -ge 5 ] || chmod 0755 "$images"
setpriv --reuid "$TASK_USER" --regid "$TASK_USER" --clear-groups test -x "$cache" -a -x "$images" ||
    die "$TASK_USER cannot enter $cache or $images: allow it on these directories and those above them (chmod o+x)."
for name in "$@"; do
    definition=$definitions/$name.def
    [ -r "$definition" ] || die "there is no $definition"
    base=$(base_of "$definition")
    [ -z "$base" ] || [ -e "$images/$base.digest" ] || die "$name.def builds upon $base: name ${base%.sif} before it."
    digest=$(digest_of "$definition")
    if [ ! -e "$images/$name.sif" ] || [ "$digest" != "$(cat "$images/$name.sif.digest" 2>/dev/null)" ]; then
        build "$name" "$definition"
        printf '%s\n' "$digest" >"$images/$name.sif.digest"
    fi
done
say "ready: $*"
