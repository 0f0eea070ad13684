#!/usr/bin/env bash
# Gives a user's wallet account exactly so many GRC, by a move from or to the account `sink`.
#
#   set-balance.sh USER GRC        for example: set-balance.sh user0 4
#
# GRC is at least 0 and has at most 8 decimals. What the user has been charged and not yet paid is not changed by this.
# The wallet is found as by gridcoin-run.sh, see there; exit status 0 only if the account has the amount now.
set -euo pipefail
# shellcheck source=wallet.sh
source "$(dirname "${BASH_SOURCE[0]}")/wallet.sh"

readonly sink=sink per_grc=100000000
case ${1:-} in
    -h | --help) sed -n '2,/^set/{/^# \{0,1\}/s///p}' "$0" && exit ;;
esac
(($# == 2)) || die "two arguments are needed, USER and GRC; see --help" 2
user=$1 grc=$2
[[ $user =~ ^[A-Za-z0-9._-]{1,64}$ && $user != "$sink" ]] || die "USER \"$user\" is not allowed; allowed: 1 to 64 of A-Z a-z 0-9 . _ -, and not $sink" 2
[[ $grc =~ ^[0-9]{1,9}(\.[0-9]{1,8})?$ ]] || die "GRC \"$grc\" is not allowed; allowed: a number of at least 0 with at most 8 decimals, such as 4 or 0.05" 2
need curl jq

to_halfords() { # exactly, digit by digit
    local sign='' number=$1 whole fraction
    [[ $number == -* ]] && sign=- && number=${number#-}
    whole=${number%%.*} fraction=
    [[ $number == *.* ]] && fraction=${number#*.}
    fraction=${fraction}00000000
    echo "$sign$((10#$whole * per_grc + 10#${fraction:0:8}))"
}
to_grc() { printf '%d.%08d' $(($1 / per_grc)) $(($1 % per_grc)); }
call() { "$(dirname "${BASH_SOURCE[0]}")/gridcoin-run.sh" "$@"; }

balance=$(call getbalance "\"$user\"")
difference=$(($(to_halfords "$grc") - $(to_halfords "$balance")))
if ((difference > 0)); then
    call move "$sink" "\"$user\"" "$(to_grc $difference)" 1 set-balance >/dev/null
elif ((difference < 0)); then
    call move "\"$user\"" "$sink" "$(to_grc $((-difference)))" 1 set-balance >/dev/null
fi
now=$(call getbalance "\"$user\"")
(($(to_halfords "$now") == $(to_halfords "$grc"))) || die "$user has $now GRC in the place of $grc: somebody else moved coins meanwhile; run it again"
printf '%s has %s GRC.\n' "$user" "$now"
