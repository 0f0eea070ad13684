#!/usr/bin/env bash
# Runs one service and starts it again when it dies, waiting 1, 2, 4 … 30 s between failures. Used where there is no systemd.
#
#   supervise.sh SERVICE STATE_DIRECTORY
set -u
readonly service=$1 state=$2 bad_configuration=78
child=0 stopping=0
trap 'stopping=1; ((child)) && kill -TERM "$child" 2>/dev/null' TERM INT

log() { printf '%s supervisor: %s\n' "$(date -u +%FT%T.%3NZ)" "$*"; }

rm -f "$state/run/$service.failed"
echo "$$ $(sed 's/.*) //' /proc/$$/stat | cut -d ' ' -f 20)" >"$state/run/$service.pid"
pause=1
while ((!stopping)); do
    began=$SECONDS
    "$state/bin/$service/run" &
    child=$!
    # A signal ends the first wait early; the second one waits for the service's own end.
    wait "$child"
    status=$?
    while ((stopping)) && kill -0 "$child" 2>/dev/null; do
        wait "$child"
        status=$?
    done
    child=0
    ((stopping)) && break
    if ((status == bad_configuration)); then
        log "$service refuses its configuration (above); it is not started again. Correct it and run deploy.sh."
        touch "$state/run/$service.failed"
        break
    fi
    ((SECONDS - began > 60)) && pause=1
    log "$service ended with status $status; it is started again in $pause s."
    sleep "$pause" &
    wait $!
    pause=$((pause < 16 ? pause * 2 : 30))
done
rm -f "$state/run/$service.pid"
