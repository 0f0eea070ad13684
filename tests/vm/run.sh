#!/usr/bin/env bash
# Runs what touches cgroups on a kernel with cgroup version 2 and systemd: in a virtual machine, under software emulation where there is
# nothing better. The machine is built once and kept. Ends with one line: N passed, N failed, N skipped.
#
#   tests/vm/run.sh              everything
#   tests/vm/run.sh scaler       the tests of Scaler.Tests only; also: delegated, deployment
#
# SCP_VM_CACHE: where the machine is kept (${XDG_CACHE_HOME:-~/.cache}/serverless-credit-platform). SCP_VM_TIMEOUT: seconds for all that
# happens inside (3600). SCP_VM_FILTER: a filter of dotnet test, by default what touches the kernel. SCP_VM_NO_BUILD: set, Scaler.Tests are
# taken as they are.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
# shellcheck source=../../deployment/scripts/lib/common.sh
source deployment/scripts/lib/common.sh
readonly parts=${1:-scaler delegated deployment}
readonly cache=${SCP_VM_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/serverless-credit-platform} limit=${SCP_VM_TIMEOUT:-3600}
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
work=$(mktemp -d /var/tmp/scp-vm-XXXXXX)
results=$work/results
mkdir "$results"
readonly work results
machine=
# The machine never outlives this script.
trap '[[ -z $machine ]] || kill "$machine" 2>/dev/null; rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
# shellcheck source=../results.sh
source tests/results.sh

fail() {
    echo "run.sh: $1" >&2
    echo "0 passed, 1 failed, 0 skipped"
    exit 1
}

install_tools() {
    local missing=()
    have qemu-system-x86_64 || missing+=(qemu-system-x86)
    have debootstrap || missing+=(debootstrap)
    have mkfs.ext4 || missing+=(e2fsprogs)
    ((${#missing[@]} == 0)) || install_packages "${missing[@]}"
    have promtool || fail "promtool is missing: run tests/install-dependencies.sh first."
}

find_image() { # the machine's directory, made where it is missing
    local key
    key=$(tests/vm/build-image.sh --inputs | sha256sum | cut -c1-16)
    image=$cache/vm-$key
    if [[ ! -e $image/machine.img ]]; then
        local new
        mkdir -p "$cache"
        new=$(mktemp -d "$cache/new-XXXXXX")
        tests/vm/build-image.sh "$new" || { rm -rf "$new" && return 1; }
        mv -T "$new" "$image"
        find "$cache" -maxdepth 1 \( -name "vm-*" -o -name "new-*" \) ! -path "$image" -exec rm -rf {} +
    fi
}

build_images() { # the containers' images, built as for a deployment and kept beside the machine
    mkdir -p "$work/images" "$work/build" "$cache/images"
    chmod 755 "$work" "$work/images" "$work/build"
    cp "$cache"/images/* "$work/images/" 2>/dev/null
    deployment/scripts/install/all.sh >/dev/null && deployment/scripts/install/images.sh "$work/images" "$work/build" base stress || return 1
    cp "$work"/images/* "$cache/images/"
}

make_payload() { # the disk with this repository's programs and tests
    local tree=$work/tree
    mkdir -p "$tree"
    # The sources as well: deployment compares them with what it has built.
    tar --exclude=bin --exclude=obj -cf - ServerlessCreditPlatform.sln Directory.*.props Scaler CreditManager ContainerManager ServiceDefaults \
        deployment images tests/vm | tar -C "$tree" -xf - || return 1
    printf '%s\n' "$parts" >"$tree/tests/vm/wanted"
    printf '%s\n' "${SCP_VM_FILTER:-FullyQualifiedName~Scaler.Tests.Service|FullyQualifiedName~Scaler.Tests.Cgroups}" >"$tree/tests/vm/filter"
    mkdir -p "$tree/tests/Scaler.Tests" && cp -r tests/Scaler.Tests/bin "$tree/tests/Scaler.Tests/" || return 1
    if [[ $parts == *deployment* ]]; then
        mkdir -p "$tree/state" && mv "$work/images" "$tree/state/images" || return 1
        if [[ $(deployment/scripts/single-node/publish.sh --digest) != "$(cat "$cache/bin/digest" 2>/dev/null)" ]]; then
            deployment/scripts/single-node/publish.sh "$cache/bin" || return 1
        fi
        cp -r "$cache/bin" "$tree/state/bin" || return 1
    fi
    mkfs.ext4 -q -F -d "$tree" "$work/payload.img" "$(($(du -sm "$tree" | cut -f1) * 5 / 4 + 64))M" >/dev/null && rm -rf "$tree"
}

run_machine() {
    local accelerator=tcg,thread=multi
    say "starting the machine (software emulation is slow; at most $limit s)"
    : >"$work/serial"
    timeout --kill-after=10 "$limit" qemu-system-x86_64 -accel "$accelerator" -cpu max -smp 2 -m 3072 -nographic -nodefaults -no-reboot \
        -serial "file:$work/console" -serial "file:$work/serial" -kernel "$image/kernel" -initrd "$image/initrd" \
        -append 'root=/dev/vda rw console=ttyS0 quiet panic=-1 mitigations=off' \
        -drive "file=$image/machine.img,if=virtio,format=raw,snapshot=on" \
        -drive "file=$work/payload.img,if=virtio,format=raw,readonly=on" </dev/null &
    machine=$!
    tail -n +1 -f --pid="$machine" "$work/serial" | sed -u 's/\r$//; /^@begin /,/^@end/d; /^@/d' &
    # Waited for in the background, so that a signal is answered at once.
    wait "$machine"
    local status=$?
    wait
    machine=
    return "$status"
}

read_results() { # result files come through the serial port as text
    tr -d '\r' <"$work/serial" | awk -v out="$results" '
        /^@begin / { file = out "/" $2 ".b64"; next }
        /^@end/ { close(file); file = "" }
        file != "" { print > file }
        /^@check / { print $2 > (out "/checks") }
        /^@done/ { print > (out "/done") }'
    local file
    for file in "$results"/*.b64; do
        [[ ! -e $file ]] || base64 -d "$file" | gunzip >"${file%.b64}"
    done
}

main() {
    require_root
    install_tools
    image=
    find_image || fail "The machine could not be built."
    [[ $parts != *deployment* ]] || build_images || fail "The containers' images could not be built."
    [[ -n ${SCP_VM_NO_BUILD:-} ]] || dotnet build tests/Scaler.Tests --nologo -v quiet -clp:NoSummary || fail "The build failed."
    make_payload || fail "The machine's second disk could not be made."
    run_machine
    status=$?
    read_results
    touch "$results/checks"
    broken=0
    if [[ ! -e $results/done ]]; then
        tail -n 30 "$work/console" | tr -d '\r' >&2
        echo "run.sh: the machine ended (status $status; 124 is the time limit) before its tests did." >&2
        broken=1
    fi
    skips
    passed=$(($(counter passed) + $(grep -c '^passed$' "$results/checks")))
    failed=$(($(counter executed) - $(counter passed) + $(grep -c '^failed$' "$results/checks") + broken))
    echo "$passed passed, $failed failed, $(($(counter total) - $(counter executed))) skipped"
    ((failed == 0 && passed > 0))
}

# Read to its end before anything is run: a run is long, and who edits this file meanwhile would change its end.
{ main && exit; exit 1; }
