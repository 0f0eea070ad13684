# shellcheck shell=bash
# What the scripts beside share: how the wallet is found and asked. Sourced, never run.

STATE=${SCP_STATE:-/var/lib/serverless-credit-platform}
credentials=${SCP_WALLET_CREDENTIALS:-$STATE/wallet.credentials}

die() { # message, [exit status]
    printf '%s: %s\n' "$(basename "$0")" "$1" >&2
    exit "${2:-1}"
}

need() {
    local program
    for program in "$@"; do
        command -v "$program" >/dev/null || die "$program is missing; install it with your system's package manager" 2
    done
}

# A deployment on a real wallet has its address in CreditManager's configuration.
wallet_address() {
    local configured
    configured=$(sed -n '/^wallet:/,/^[^ ]/s/^  address: *"\{0,1\}\([^"]*\)"\{0,1\} *$/\1/p' "$STATE/config/credit-manager.yaml" 2>/dev/null | head -n 1)
    configured=${SCP_WALLET_ADDRESS:-${configured:-http://127.0.0.1:${SCP_WALLET_PORT:-25715}}}
    printf '%s' "${configured%/}"
}

# "user:password" with what curl's configuration files escape; the environment wins over the file.
wallet_login() {
    local user=${SCP_WALLET__RPC_USER:-} password=${SCP_WALLET__RPC_PASSWORD:-} login
    if [[ -z $user || -z $password ]]; then
        [[ -r $credentials ]] || die "no credentials: $credentials cannot be read, and SCP_WALLET__RPC_USER and SCP_WALLET__RPC_PASSWORD are not both set" 2
        user=$(sed -n 's/^rpcuser=//p' "$credentials" | tail -n 1)
        password=$(sed -n 's/^rpcpassword=//p' "$credentials" | tail -n 1)
        [[ -n $user && -n $password ]] || die "$credentials lacks a line rpcuser=NAME or rpcpassword=PASSWORD" 2
    fi
    login=$user:$password
    login=${login//\\/\\\\}
    printf '%s' "${login//\"/\\\"}"
}

# One call: rpc METHOD JSON_ARRAY. Sets `status` (HTTP) and `answer`. curl reads the login itself, so no process list shows it.
rpc() {
    local login request reply
    login=$(wallet_login) || exit
    request=$(jq --null-input --compact-output --arg method "$1" --argjson params "$2" '{jsonrpc: "1.0", id: 1, method: $method, params: $params}')
    reply=$(curl --silent --show-error --max-time "${SCP_WALLET_TIMEOUT:-30}" --config <(printf 'user = "%s"\n' "$login") \
        --header 'Content-Type: application/json' --data-binary "$request" --write-out '\n%{http_code}' "$(wallet_address)/") \
        || die "the wallet at $(wallet_address) cannot be reached" 3
    # shellcheck disable=SC2034  # read by the scripts that source this file
    answer=${reply%$'\n'*} status=${reply##*$'\n'}
    [[ $status != 401 && $status != 403 ]] || die "the wallet at $(wallet_address) refused the RPC user or password" 3
    jq --exit-status 'has("result")' <<<"$answer" >/dev/null 2>&1 \
        || die "the wallet at $(wallet_address) answered with HTTP status $status and no JSON-RPC" 3
}
