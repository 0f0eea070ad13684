namespace Benchmarks.Soak;

/// <summary>
/// The script of every function. It notes in its container's /tmp when it begins, that it lives, and when it ends, under the attempt's id, which
/// is in the path of its output directory.
/// </summary>
internal static class SoakScript
{
    public const string Text = """
        read -r number kind amount <"$1"
        run=${2%/output}
        run=${run#/slots/}
        note() { printf '%s %s %s %s\n' "$1" "$run" "$number" "$EPOCHREALTIME" >>/tmp/journal; }
        note start
        status=0
        case $kind in
        burn)
            i=0
            while read -r -a stat </proc/self/stat && ((stat[13] + stat[14] < amount)); do
                for ((j = 0; j < 500; j++)); do :; done
                ((i++ % 8)) || note alive
            done
            ;;
        tree)
            for ((i = 0; i < amount; i++)); do
                mkdir -p "$2/folder $i/in folder"
                echo "$number $i" >"$2/folder $i/in folder/file"
            done
            ;;
        retry)
            if [[ ! -e /tmp/tried-$number ]]; then
                : >"/tmp/tried-$number"
                status=9
            fi
            ;;
        fail) status=3 ;;
        bytes) printf '\377\376\033[2J\000%s\n' "$number" ;;
        daemon)
            setsid bash -c 'while :; do
                printf "alive %s %s %s\n" "$1" "$2" "$EPOCHREALTIME" >>/tmp/journal
                sleep 0.05
            done' daemon "$run" "$number" </dev/null >/dev/null 2>&1 &
            ;;
        esac
        [[ $kind == true || $status != 0 ]] || echo "$number" >"$2/done"
        note end
        exit $status
        """;
}
