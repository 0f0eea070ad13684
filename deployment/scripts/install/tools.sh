#!/usr/bin/env bash
# Installs the small programs that the platform's scripts call. Safe to repeat.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../lib/common.sh"

missing=()
for tool in curl jq; do
    have "$tool" || missing+=("$tool")
done
have column || missing+=("$(have apt-get && echo bsdextrautils || echo util-linux)")
have ps || missing+=("$(have apt-get && echo procps || echo procps-ng)")
if [ ${#missing[@]} -gt 0 ]; then
    require_root
    install_packages "${missing[@]}"
fi
say "curl, jq, column and ps are ready"
