#!/usr/bin/env bash
# Runs creditctl on this machine's deployment: its CreditManager, with its token. See creditctl.sh --help.
set -euo pipefail
# shellcheck source=platform.sh
source "$(dirname "${BASH_SOURCE[0]}")/platform.sh"

program=$STATE/bin/creditctl/creditctl.dll
[[ -r $program ]] || die "nothing is deployed in $STATE; run deploy.sh"
export SCP_CREDIT_URL=${SCP_CREDIT_URL:-${ADDRESS[credit-manager]}}
# Who may not read the token can still verify ledgers and receipts, for which no service is asked.
if [[ -z ${SCP_CREDIT_TOKEN_FILE:-} ]]; then export SCP_CREDIT_TOKEN_FILE=$STATE/tokens/credit-manager; fi
exec dotnet "$program" "$@"
