#!/usr/bin/env bash
# Compresses the task file with zstd and with xz, each as hard as is usual for archives, and checks that both give the file back. Belongs to
# compress.def; drop it as utils/process_task.sh.
set -euo pipefail

name=${1##*/}
if ! [[ -s $1 ]]; then
    printf 'The task file "%s" is empty; it must be a file of at least one byte.\n' "$name" >&2
    exit 64
fi

# zstd uses all cores, xz one block and so one core: the task is wide first and narrow afterwards.
zstd -q -f -15 --threads=0 -o "$2/$name.zst" -- "$1"
xz -6 --threads=1 --stdout -- "$1" >"$2/$name.xz"
zstd -q -d --stdout -- "$2/$name.zst" | cmp - "$1"
xz -d --stdout -- "$2/$name.xz" | cmp - "$1"
printf 'bytes: %s\nzstd: %s\nxz: %s\n' "$(stat -c %s -- "$1")" "$(stat -c %s -- "$2/$name.zst")" "$(stat -c %s -- "$2/$name.xz")" | tee "$2/sizes.txt"
