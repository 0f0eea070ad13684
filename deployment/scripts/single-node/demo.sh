#!/usr/bin/env bash
# Shows the whole platform at work: pays in 1 GRC for user0, drops three stress tasks of different width and length into a bucket,
# shows them being run and paid, holds the bill against the kernel's own counter and the wallet, and has the ledger and the tasks'
# receipts verified. Deploys first if needed.
# Exit status 0 only if all of it adds up.
#
#   demo.sh [--json FILE] [the options of deploy.sh]
#
# FILE receives the result as one JSON object.
set -euo pipefail
# shellcheck source=platform.sh
source "$(dirname "${BASH_SOURCE[0]}")/platform.sh"

json_file='' deploy_options=()
while (($#)); do
    case $1 in
        -h | --help) sed -n '2,/^set/{/^# \{0,1\}/s///p}' "$0" && exit ;;
        --json)
            (($# > 1)) || die "--json needs a file name"
            json_file=$(realpath -m "$2")
            shift 2
            ;;
        *) deploy_options+=("$1") && shift ;;
    esac
done
require_root
[[ -z $json_file || -w $(dirname "$json_file") ]] || die "--json: $(dirname "$json_file") is no directory that can be written"

if ((${#deploy_options[@]})) || ! everything_runs; then
    "$(dirname "${BASH_SOURCE[0]}")/deploy.sh" "${deploy_options[@]}" || exit
fi

readonly user=user0 function=demo provider=provider block_halfords=5000000
# shellcheck disable=SC1091  # written by deploy.sh: the store's kind and how to reach it
source "$STATE/config/store"

s3() { # METHOD, bucket/key, further options of curl; the secret is read by curl itself, so no process list shows it
    local method=$1 path=$2 host=${ENDPOINT#*://}
    shift 2
    # By netrc and not by --user, which would cut an access key with a colon in it (Swift's have one) in two.
    curl --silent --show-error --fail --request "$method" --aws-sigv4 "aws:amz:$REGION:s3" \
        --netrc-file <(printf 'machine %s login %s password %s\n' "${host%%[:/]*}" "$ACCESS_KEY" "$(<"$SECRET_KEY_FILE")") \
        --header 'x-amz-content-sha256: UNSIGNED-PAYLOAD' "$@" "$ENDPOINT/$path"
}
put() { # file, key: whole or not at all, as users do it
    if [[ $STORE == s3 ]]; then
        s3 PUT "$function/$2" --upload-file "$1" --output /dev/null
    else
        mkdir -p "$(dirname "$BUCKETS/$function/$2")"
        cp "$1" "$BUCKETS/.demo-part" && mv "$BUCKETS/.demo-part" "$BUCKETS/$function/$2"
    fi
}
get() { # key: its content
    if [[ $STORE == s3 ]]; then s3 GET "$function/$1"; else cat "$BUCKETS/$function/$1"; fi
}
creditctl() { "$REPO/deployment/scripts/single-node/creditctl.sh" "$@"; }
wallet() { "$REPO/deployment/scripts/gridcoin/gridcoin-run.sh" getbalance "$1"; }
credit() { api credit-manager GET "$1"; }
standing() { credit "/users/$user/standing"; }
charged() { credit "/users/$user/bills" | jq '[.[].charged_halfords] | add // 0'; }
to_halfords() { awk -v g="$1" 'BEGIN { printf "%.0f", g * 100000000 }'; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# --- user, function, funds -------------------------------------------------------------------------------------------
api credit-manager PUT "/users/$user" '{}' >/dev/null
api container-manager PUT "/functions/$function" "{\"user\":\"$user\"}" >/dev/null
put "$STATE/images/stress.sif" utils/stress.sif
put "$REPO/images/stress.process_task.sh" utils/process_task.sh

before=$(standing | jq .wallet_halfords)
say "$user pays in 1 GRC: a file with the amount, dropped into the bucket's funds/."
echo 1 >"$work/funds"
put "$work/funds" "funds/demo-$(date +%s).txt"
for _ in {1..150}; do
    (($(standing | jq .wallet_halfords) >= before + 100000000)) && break
    sleep 0.2
done
(($(standing | jq .wallet_halfords) >= before + 100000000)) || die "the deposit did not arrive; see $STATE/logs/credit-manager.log"

# Charges of earlier runs that no whole block of coins has paid yet belong to the balance of today.
start=$(standing)
user_before=$(wallet "$user") provider_before=$(wallet "$provider")
unsettled_before=$(jq .unsettled_halfords <<<"$start") charged_before=$(charged)

# --- tasks -----------------------------------------------------------------------------------------------------------
wide=$(nproc)
((wide > 2)) && wide=2
run=$(date +%H%M%S)
tasks=("${run}1.1-20.txt" "${run}2.$wide-15.txt" "${run}3.1-10.txt")
say "Dropping ${#tasks[@]} tasks into input/: ${tasks[*]} (number.cores-seconds)"
: >"$work/task"
for task in "${tasks[@]}"; do put "$work/task" "input/$task"; done

printf '\n%-8s  %-24s %8s  %11s  %12s\n' time running waiting 'used/limit' balance
names=$(printf '%s\n' "${tasks[@]}" | jq -R . | jq -s .)
for ((second = 0; ; second++)); do
    status=$(api container-manager GET "/functions/$function")
    all=$(api container-manager GET "/functions/$function/tasks" | jq --argjson names "$names" '[.[] | select(.task as $t | $names | index($t))]')
    container=$(jq -r '.container.container_id // empty' <<<"$status")
    cpu=-
    if [[ -n $container ]]; then # it may be gone by now
        cpu=$(api scaler GET "/containers/$container" 2>/dev/null | jq -r '"\(.used_shares)/\(.limits.limit_shares)"') || cpu=-
    fi
    printf '%-8s  %-24s %8s  %11s  %8.5f GRC  %s\n' "$(date +%T)" "$(jq -r '[.running[].task] | join(" ")' <<<"$status")" \
        "$(jq .waiting <<<"$status")" "$cpu" "$(standing | jq '.balance_halfords / 1e8')" "$(jq -r '.problems[0] // ""' <<<"$status")"
    (($(jq '[.[] | select(.phase == "succeeded" or .phase == "failed")] | length' <<<"$all") == ${#tasks[@]})) && break
    ((second < 600)) || die "the tasks did not end within ten minutes: $(jq -r .message <<<"$status")"
    sleep 1
done

# --- the bill, the kernel's counter, the wallet ----------------------------------------------------------------------
api container-manager POST "/functions/$function/stop" >/dev/null
mapfile -t containers < <(jq -r '[.[].attempts[].container_id] | unique[]' <<<"$all")
ids=$(printf '%s\n' "${containers[@]}" | jq -R . | jq -s .)
for _ in {1..150}; do
    bills=$(credit "/users/$user/bills" | jq --argjson ids "$ids" '[.[] | select(.container_id as $i | $ids | index($i))]')
    (($(jq '[.[] | select(.final)] | length' <<<"$bills") == ${#containers[@]})) && break
    sleep 0.2
done
kernel_usage() { # microseconds, from the kernel's own file; the cgroup is kept for a minute after the bill
    local v1=/sys/fs/cgroup/cpuacct/$CGROUP_PARENT/$1/cpuacct.usage
    if [[ -r $v1 ]]; then echo $(($(<"$v1") / 1000)); else awk '/^usage_usec/ { print $2 }' "/sys/fs/cgroup/$CGROUP_PARENT/$1/cpu.stat"; fi
}
kernel=0
for container in "${containers[@]}"; do
    ((kernel += $(kernel_usage "$container" || echo 0))) || true
done
billed=$(jq '[.[].billed_microseconds] | add' <<<"$bills")
for _ in {1..150}; do
    end=$(standing)
    (($(jq .unsettled_halfords <<<"$end") < block_halfords && $(credit /status | jq .open_settlements) == 0)) && break
    sleep 0.2
done
user_after=$(wallet "$user") provider_after=$(wallet "$provider")

seconds() { awk -v u="$1" 'BEGIN { printf "%.6f", u / 1000000 }'; }
result=$(jq -n --argjson tasks "$all" --argjson kernel "$(seconds "$kernel")" --argjson billed "$(seconds "$billed")" \
    --argjson ub "$user_before" --argjson ua "$user_after" --argjson pb "$provider_before" --argjson pa "$provider_after" '
    def time: capture("^(?<s>[^.+Z]*)(?<f>\\.[0-9]+)?") | (.s + "Z" | fromdate) + ("0" + (.f // ".0") | tonumber);
    { tasks: [ $tasks[] | { name: .task, wall_seconds: (.attempts[-1] | ((.ended_at | time) - (.started_at | time)) * 1000 | round / 1000),
                            vcore_seconds: ([.attempts[].usage_microseconds] | add / 1e6), grc: ([.attempts[].cost_halfords // 0] | add / 1e8) } ],
      kernel_vcore_seconds: $kernel, billed_vcore_seconds: $billed,
      user_grc_before: $ub, user_grc_after: $ua, provider_grc_before: $pb, provider_grc_after: $pa }')

say ""
jq -r '["task", "wall seconds", "vcore-seconds", "GRC"], (.tasks[] | [.name, .wall_seconds, .vcore_seconds, .grc]) | @tsv' <<<"$result" | column -t -s $'\t'
charged_now=$(($(charged) - charged_before))
unsettled_after=$(jq .unsettled_halfords <<<"$end")
moved=$(($(to_halfords "$user_before") - $(to_halfords "$user_after")))
received=$(($(to_halfords "$provider_after") - $(to_halfords "$provider_before")))
say "
wallet of $user:    $user_before GRC before, $user_after GRC after
wallet of $provider: $provider_before GRC before, $provider_after GRC after
charged: $(grc $charged_now) GRC; moved: $(grc $moved) GRC; charged but not a whole block of $(grc $block_halfords) GRC yet: $(grc "$unsettled_after") GRC
kernel's counter: $(seconds "$kernel") vcore-seconds
billed:           $(seconds "$billed") vcore-seconds (tasks, and the container around them)
"
if [[ -n $json_file ]]; then printf '%s\n' "$result" >"$json_file"; fi

# --- what anybody can check without asking the platform ----------------------------------------------------------------
fetch_receipt() { # task: its receipt into $work, signed; the signature follows the end of the task within a second
    for _ in {1..100}; do
        get "receipts/$1.json" >"$work/receipt-$1" 2>/dev/null && jq -e .proof "$work/receipt-$1" >/dev/null && return
        sleep 0.2
    done
    return 1
}
receipts_verify() { # every task's, by the provider's key, and that the ledger has its entry
    local task
    for task in "${tasks[@]}"; do
        creditctl receipt verify "$work/receipt-$task" --key "$work/key.pem" --ledger "$work/ledger.jsonl" >/dev/null || return
    done
}
for task in "${tasks[@]}"; do fetch_receipt "$task" || say "no signed receipt of $task came"; done
creditctl key >"$work/key.pem"
creditctl ledger export --out "$work/ledger.jsonl" >/dev/null 2>&1 || say "the ledger could not be exported"
receipts=0 verified=0
if receipts_verify; then receipts=1; fi
say "creditctl ledger verify:"
if creditctl ledger verify "$work/ledger.jsonl" --key "$work/key.pem"; then verified=1; fi
say ""

wrong=0
check() { # what must hold, whether it does
    if (($2)); then say "  right  $1"; else
        say "  WRONG  $1"
        wrong=1
    fi
}
check "every task succeeded" "$(jq '[.[] | select(.phase == "succeeded")] | length' <<<"$all") == ${#tasks[@]}"
check "the billed usage equals the kernel's counter, to the microsecond" "$kernel == $billed && $billed > 0"
check "the tasks' usage is within the bill" "$(jq '[.tasks[].vcore_seconds] | add * 1000000 | round' <<<"$result") <= $billed"
check "what the user's wallet gave, the provider's received" "$moved == $received"
check "every whole block that was owed has been moved" "$moved == ($charged_now + $unsettled_before) / $block_halfords * $block_halfords"
check "what was charged was moved or is still open" "$charged_now + $unsettled_before == $moved + $unsettled_after"
check "every task's signed receipt is the provider's and in the ledger" "$receipts"
check "the ledger verifies: every hash, balance, charge and settlement" "$verified"
exit "$wrong"
