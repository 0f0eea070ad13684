#!/usr/bin/env bash
# Keeps cores busy: as many, and as long, as the task file's name says, <number>.<cores>-<seconds>.txt. The number only
# orders the tasks. Belongs to stress.def; drop it as utils/process_task.sh.
set -euo pipefail

name=${1##*/}
if ! [[ $name =~ ^[^.]*\.([1-9][0-9]{0,2})-([1-9][0-9]{0,5})\.txt$ ]]; then
    printf 'The task file "%s" is not named <number>.<cores>-<seconds>.txt, for example 1.2-60.txt for 2 cores and 60 seconds; ' "$name" >&2
    printf 'cores are 1 to 999, seconds 1 to 999999.\n' >&2
    exit 64
fi
cores=${BASH_REMATCH[1]} seconds=${BASH_REMATCH[2]}

stress --cpu "$cores" --timeout "${seconds}s"
printf 'cores: %s\nseconds: %s\n' "$cores" "$seconds" >"$2/result.txt"
