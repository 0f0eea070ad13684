#!/usr/bin/env bash
# Transcodes the task file to H.264 and AAC in an MP4 file of the same name. Belongs to transcode.def; drop it as
# utils/process_task.sh.
set -euo pipefail

name=${1##*/}
if ! [[ -s $1 ]]; then
    printf 'The task file "%s" is empty; it must be a video or audio file.\n' "$name" >&2
    exit 64
fi

# "file:" keeps ffmpeg from taking a colon in the name for a protocol, or a leading dash for an option.
if ! ffmpeg -nostdin -hide_banner -loglevel warning -y -i "file:$1" \
    -c:v libx264 -preset medium -crf 23 -pix_fmt yuv420p -c:a aac -b:a 128k -movflags +faststart \
    "file:$2/${name%.*}.mp4"; then
    printf 'ffmpeg cannot transcode "%s"; its words are above.\n' "$name" >&2
    exit 65
fi
