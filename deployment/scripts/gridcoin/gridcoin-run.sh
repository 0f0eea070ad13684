#!/usr/bin/env bash
# Makes one RPC call to the wallet and prints the result.
#
#   gridcoin-run.sh METHOD [ARGUMENT...]
#
# An argument that is JSON (a number, true, false, null, "a string", an array, an object) is sent as that; every other one as a
# string. So a string that looks like JSON needs quotes of its own: '"123"'.
#
# Examples:
#   gridcoin-run.sh getinfo
#   gridcoin-run.sh listaccounts
#   gridcoin-run.sh getbalance user0
#   gridcoin-run.sh move sink user0 0.5 1 "a gift"
#   gridcoin-run.sh listtransactions user0 20
#
# Environment:
#   SCP_WALLET_ADDRESS       the wallet; the deployment's, else http://127.0.0.1:25715
#   SCP_WALLET_CREDENTIALS   file with the lines rpcuser=NAME and rpcpassword=PASSWORD; SCP_STATE/wallet.credentials
#   SCP_WALLET__RPC_USER, SCP_WALLET__RPC_PASSWORD    in the place of the file
#   SCP_WALLET_TIMEOUT       seconds to wait for the answer; 30
#   SCP_STATE                /var/lib/serverless-credit-platform
#
# Exit status: 0 done; 1 the wallet refused; 2 wrong use, or no credentials; 3 no usable answer.
set -euo pipefail
# shellcheck source=wallet.sh
source "$(dirname "${BASH_SOURCE[0]}")/wallet.sh"

case ${1:-} in
    -h | --help) sed -n '2,/^set/{/^# \{0,1\}/s///p}' "$0" && exit ;;
    '') die "METHOD is missing; see --help" 2 ;;
esac
need curl jq

method=$1
shift
params=()
for argument in "$@"; do
    # One JSON text and nothing else: `jq` alone would take "1 2" for two.
    if value=$(jq --compact-output --slurp 'if length == 1 then .[0] else error end' <<<"$argument" 2>/dev/null); then
        # A number goes as it was typed, because jq may write it in another way.
        [[ $argument =~ ^-?(0|[1-9][0-9]*)(\.[0-9]+)?$ ]] && value=$argument
    else
        value=$(jq --null-input --arg text "$argument" '$text')
    fi
    params+=("$value")
done

rpc "$method" "[$(IFS=, && echo "${params[*]}")]"
if jq --exit-status '.error != null' <<<"$answer" >/dev/null; then
    jq --raw-output '"error \(.error.code): \(.error.message)"' <<<"$answer" >&2
    exit 1
fi
# A number is printed with the wallet's own digits.
if [[ $answer =~ ^\{\"result\":(-?[0-9.]+), ]]; then
    printf '%s\n' "${BASH_REMATCH[1]}"
else
    # jq writes 0.00000001 as 1e-08. A line that ends like that holds a number and no text: text ends with a quote.
    jq --raw-output '.result' <<<"$answer" | awk '
        match($0, /-?[0-9.]+e-0[5-8],?$/) && $0 ~ /^( *"|  )/ {
            number = substr($0, RSTART); comma = sub(/,$/, "", number) ? "," : ""
            if (sprintf("%.4f", number * 1e8) ~ /\.0000$/) { $0 = sprintf("%s%.8f%s", substr($0, 1, RSTART - 1), number, comma) }
        }
        { print }'
fi
