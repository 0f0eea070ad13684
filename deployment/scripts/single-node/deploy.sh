#!/usr/bin/env bash
# Installs what is missing, builds the platform, starts all of it on this machine and waits until it is healthy. Safe to repeat: what
# is up to date is left alone, and data is never touched.
#
#   deploy.sh                                     buckets are directories, coins are the development wallet's
#   deploy.sh --store s3                          buckets are on the MinIO of this machine
#   deploy.sh --store s3 --endpoint URL --access-key NAME --secret-key-file FILE [--region NAME]
#   deploy.sh --wallet URL --wallet-credentials FILE    a real Gridcoin wallet (see ../gridcoin/)
#
# FILE of --secret-key-file: the secret key alone. FILE of --wallet-credentials: lines rpcuser=NAME and rpcpassword=WORD.
# Settings of your own go to SCP_STATE/config/SERVICE.local.yaml and win over the deployment's. SCP_STATE is
# /var/lib/serverless-credit-platform unless set.
set -euo pipefail
# shellcheck source=platform.sh
source "$(dirname "${BASH_SOURCE[0]}")/platform.sh"

store=directory endpoint='' access_key='' secret_key_file='' region=us-east-1 wallet='' wallet_credentials=''
while (($#)); do
    case $1 in
        -h | --help) sed -n '2,/^set/{/^# \{0,1\}/s///p}' "$0" && exit ;;
        --store | --endpoint | --access-key | --secret-key-file | --region | --wallet | --wallet-credentials)
            (($# > 1)) || die "$1 needs a value; see --help"
            name=${1#--}
            printf -v "${name//-/_}" %s "$2"
            shift 2
            ;;
        *) die "\"$1\" is not allowed; see --help" ;;
    esac
done
[[ $store == directory || $store == s3 ]] || die "--store \"$store\" is not allowed; allowed: directory, s3"
[[ -z $wallet || -r $wallet_credentials ]] || die "--wallet wants --wallet-credentials FILE, a readable file with the wallet's rpcuser and rpcpassword"
require_root

# --- the S3 server ---------------------------------------------------------------------------------------------------
find_minio() { # MinIO answers this path without credentials
    curl --silent --fail --output /dev/null --max-time 3 http://127.0.0.1:9000/minio/health/live && echo http://127.0.0.1:9000
}
if [[ $store == s3 && -z $endpoint ]]; then
    endpoint=$(find_minio) || die "--store s3: no MinIO answers on http://127.0.0.1:9000 and no --endpoint is given.
Start MinIO on this machine (its own documentation: minio server /path/to/data), or name any S3 server:
  $0 --store s3 --endpoint https://s3.example.org --access-key NAME --secret-key-file FILE"
    access_key=${access_key:-${MINIO_ROOT_USER:-minioadmin}}
    say "MinIO found on $endpoint."
fi
if [[ $store == s3 ]]; then
    [[ -n $access_key ]] || die "--store s3: --access-key NAME is missing"
    if [[ -z $secret_key_file && -n ${MINIO_ROOT_PASSWORD:-} ]]; then
        mkdir -p "$STATE/tokens"
        secret_key_file=$STATE/tokens/s3-secret-key
        (umask 077 && printf '%s\n' "$MINIO_ROOT_PASSWORD" >"$secret_key_file")
    fi
    [[ -r $secret_key_file ]] || die "--store s3: --secret-key-file FILE (or MINIO_ROOT_PASSWORD in the environment) is missing"
    secret_key_file=$(realpath "$secret_key_file")
fi

# --- what the machine needs ------------------------------------------------------------------------------------------
say "Installing what is missing."
"$REPO/deployment/scripts/install/all.sh"

# --- directories, tokens, credentials --------------------------------------------------------------------------------
mkdir -p "$STATE"/{bin,buckets,cache,config,images,logs,run,scaler,tokens,wallet,work}
chmod 755 "$STATE"
chmod 700 "$STATE"/{config,logs,run,scaler,tokens,wallet}
optional() { if [[ -e $1 ]]; then echo "$1"; else echo /dev/null; fi; }
secret() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }
for service in scaler credit-manager container-manager; do
    [[ -s $STATE/tokens/$service ]] || (umask 077 && secret >"$STATE/tokens/$service")
done
if [[ -n $wallet ]]; then
    (umask 077 && cp "$wallet_credentials" "$STATE/wallet.credentials")
    touch "$STATE/config/external-wallet"
    SERVICES=(scaler credit-manager container-manager)
else
    [[ -s $STATE/wallet.credentials ]] || (umask 077 && printf 'rpcuser=platform\nrpcpassword=%s\n' "$(secret)" >"$STATE/wallet.credentials")
    rm -f "$STATE/config/external-wallet"
    wallet=${ADDRESS[gridcoin-devnet]}
    SERVICES=(gridcoin-devnet scaler credit-manager container-manager)
fi

# --- configuration ---------------------------------------------------------------------------------------------------
new_config=$(mktemp -d)
trap 'rm -rf "$new_config"' EXIT
listen() { printf 'api: { listen: "%s", token_file: "%s/tokens/%s" }\n' "${ADDRESS[$1]}" "$STATE" "$1"; }
peer() { printf '{ address: "%s", token_file: "%s/tokens/%s" }' "${ADDRESS[$1]}" "$STATE" "$1"; }
cat >"$new_config/gridcoin-devnet.yaml" <<YAML
devnet:
  listen: "${ADDRESS[gridcoin-devnet]}"
  state_directory: "$STATE/wallet"
  credentials_file: "$STATE/wallet.credentials"
YAML
cat >"$new_config/scaler.yaml" <<YAML
$(listen scaler)
scaler:
  cgroup_parent: "$CGROUP_PARENT"
  state_directory: "$STATE/scaler"
YAML
cat >"$new_config/credit-manager.yaml" <<YAML
$(listen credit-manager)
credit:
  database: "$STATE/credit.db"
wallet:
  kind: $([[ -e $STATE/config/external-wallet ]] && echo gridcoin || echo devnet)
  address: "$wallet"
  credentials_file: "$STATE/wallet.credentials"
scalers:
  - $(peer scaler)
YAML
if [[ $store == s3 ]]; then
    store_section="  kind: s3
  endpoint: \"$endpoint\"
  region: \"$region\"
  access_key: \"$access_key\"
  secret_key_file: \"$secret_key_file\""
else
    store_section="  kind: directory
  directory: \"$STATE/buckets\""
fi
cat >"$new_config/container-manager.yaml" <<YAML
$(listen container-manager)
manager:
  database: "$STATE/manager.db"
  work_directory: "$STATE/work"
store:
$store_section
engine:
  cache_directory: "$STATE/cache"
  images_directory: "$STATE/images"
scaler: $(peer scaler)
credit: $(peer credit-manager)
YAML
{
    echo "# How the buckets are reached, for demo.sh."
    printf '%s=%q\n' STORE "$store" BUCKETS "$STATE/buckets" ENDPOINT "${endpoint%/}" REGION "$region" ACCESS_KEY "$access_key" SECRET_KEY_FILE "$secret_key_file"
} >"$STATE/config/store"

# --- programs --------------------------------------------------------------------------------------------------------
if [[ $("$REPO/deployment/scripts/single-node/publish.sh" --digest) != "$(cat "$(optional "$STATE/bin/digest")")" ]]; then
    say "Building the services."
    "$REPO/deployment/scripts/single-node/publish.sh" "$STATE/bin.new"
    for ((i = ${#SERVICES[@]} - 1; i >= 0; i--)); do stop_service "${SERVICES[i]}"; done
    rm -rf "$STATE/bin.old"
    mv "$STATE/bin" "$STATE/bin.old" && mv "$STATE/bin.new" "$STATE/bin" && rm -rf "$STATE/bin.old"
fi

# --- images ----------------------------------------------------------------------------------------------------------
say "Building the images that are missing (the first takes a minute or two)."
"$REPO/deployment/scripts/install/images.sh" "$STATE/images" "$STATE/cache" base stress

# --- start -----------------------------------------------------------------------------------------------------------
for service in "${SERVICES[@]}"; do
    local_settings=$STATE/config/$service.local.yaml
    settings=$(cat "$new_config/$service.yaml" "$(optional "$local_settings")" | sha256sum)
    if [[ $settings != "$(cat "$(optional "$STATE/run/$service.settings")")" ]]; then
        stop_service "$service"
        cp "$new_config/$service.yaml" "$STATE/config/$service.yaml"
        printf '%s\n' "$settings" >"$STATE/run/$service.settings"
    fi
    if has_systemd; then
        cat >"/etc/systemd/system/$(unit_of "$service")" <<UNIT
[Unit]
Description=ServerlessCreditPlatform $service
After=network.target

[Service]
ExecStart=$STATE/bin/$service/run
Restart=always
RestartSec=1
RestartPreventExitStatus=$BAD_CONFIGURATION
# Containers and their tasks outlive the service that started them.
KillMode=process
StandardOutput=append:$STATE/logs/$service.log
StandardError=inherit

[Install]
WantedBy=multi-user.target
UNIT
        systemctl daemon-reload
        systemctl enable --quiet "$(unit_of "$service")"
    fi
    start_service "$service"
done
for service in "${SERVICES[@]}"; do wait_healthy "$service"; done

say "The platform runs.
  $REPO/deployment/scripts/single-node/demo.sh      watch three tasks being run and paid
  $REPO/deployment/scripts/single-node/status.sh    what runs, who owes what, what waits for what
  $REPO/deployment/scripts/single-node/creditctl.sh --help    bills, receipts, prices, and whether the ledger is right
  $REPO/deployment/scripts/single-node/stop.sh      stop it; its data stays in $STATE
A function of your own: see \"A function of your own\" in $REPO/README.md."
