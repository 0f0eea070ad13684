# The resident runner of one slot, inside the container; argument: the slot's directory. Reads one line per attempt from
# the FIFO `requests`: the attempt's id and the task file's name, every unusual byte of it as \0ooo. Writes the attempt's
# course to its file `status` ("running", then "exited N"; "lost" where an earlier runner died with it) and a line to the
# FIFO `replies` whenever there is something new to read there. Needs nothing of the image but this shell.
slot=$1
# Looked up once: for every directory of PATH that has no bash the image's file system is asked in vain.
bash=$(command -v bash)
# bash can put each script into a process group of its own, which keeps its `kill 0` away from this loop; other shells can do so on a
# terminal only, and start a program for it each time.
if [ -z "${BASH_VERSION:-}" ] && [ -n "$bash" ]; then exec "$bash" "$0" "$slot"; fi
exec 3<>"$slot/requests" 4<>"$slot/replies" </dev/null
# Where the image and the files come from is nothing to the script.
unset APPTAINER_CONTAINER APPTAINER_NAME APPTAINER_BIND APPTAINER_INSTANCE APPTAINER_COMMAND APPTAINER_APPNAME
unset SINGULARITY_CONTAINER SINGULARITY_NAME SINGULARITY_BIND SINGULARITY_INSTANCE SINGULARITY_APPNAME
unset USER_PATH PROMPT_COMMAND PS1 OLDPWD
own_session= own_group=
if [ -n "${BASH_VERSION:-}" ]; then own_group=yes; elif command -v setsid >/dev/null; then own_session=setsid; fi

run() {
    directory=$1
    file=$2
    case $file in
    # The dot keeps newlines at the end of the name. Plain names are spared the fork.
    *\\*)
        file=$(printf '%b.' "$2")
        file=${file%.}
        ;;
    esac
    file=$directory/input/$file
    cd "$directory/work" || exit 126
    if [ -z "$bash" ]; then
        echo "process_task.sh cannot run: the image has no bash."
        exit 127
    fi
    # Files of the attempt go with it; /tmp stays for as long as the container.
    export HOME="$directory/work" TMPDIR="$directory/work"
    exec $own_session "$bash" /script/process_task.sh "$file" "$directory/output" 3>&- 4>&-
}

echo ready >&4
while IFS=' ' read -r attempt name <&3; do
    directory=$slot/$attempt
    if [ -s "$directory/status" ]; then
        # Asked again: it has ended unseen. Without an end it was another runner's, which took the end with it.
        ended=
        while read -r word _; do [ "$word" = exited ] && ended=yes; done <"$directory/status"
        [ -n "$ended" ] || echo lost >>"$directory/status"
    elif [ -e "$directory/status" ]; then
        echo running >>"$directory/status"
        # Only to start it: with job control on, `wait` takes a script that was stopped for one that has ended.
        [ -z "$own_group" ] || set -m
        (run "$directory" "$name") >>"$directory/log" 2>&1 &
        [ -z "$own_group" ] || set +m
        wait $!
        echo "exited $?" >>"$directory/status"
    fi
    echo "$attempt" >&4
done
