# The first process of a container: starts the runner of a slot whenever the slot's number, with a dot behind it, comes through the FIFO
# `requests`, and waits otherwise. Needs nothing of the image but this shell. No script of the container's can end it: it is the first.
control=/slots/control
exec 3<>"$control/requests" 4<>"$control/replies" </dev/null >/dev/null 2>&1
# Whatever is left behind becomes a child of this process. Where the shell lets the end of one wake it, it is forgotten at once, and with
# the next request otherwise; until then it counts as a process of the container.
trap : CHLD
echo ready >&4
while :; do
    request=
    read -r request <&3
    jobs
    # The dot says that a request came whole.
    case $request in
    [0-9]. | [0-9][0-9].)
        slot=${request%.}
        /bin/sh "/slots/$slot/runner.sh" "/slots/$slot" 3>&- 4>&- &
        ;;
    esac
done
