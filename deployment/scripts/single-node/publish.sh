#!/usr/bin/env bash
# Builds the services and creditctl into a directory, ready to be run as SCP_STATE/bin.
#
#   publish.sh DIRECTORY    replaces the directory
#   publish.sh --digest     says what would be built: the same text for the same sources; DIRECTORY/digest has it afterwards
set -euo pipefail
export LC_ALL=C
# shellcheck source=platform.sh
source "$(dirname "${BASH_SOURCE[0]}")/platform.sh"

digest() {
    (cd "$REPO" && find ServiceDefaults Scaler CreditManager ContainerManager Directory.*.props \
        \( -name bin -o -name obj \) -prune -o -type f -print0 | sort -z | xargs -0 sha256sum) | sha256sum
}
if [[ ${1:-} == --digest ]]; then
    digest
    exit
fi
target=$(realpath -m "${1:?wants the directory to build into}")
log=$(mktemp)
trap 'rm -f "$log"' EXIT
rm -rf "$target"
publish() { # project, name
    dotnet publish "$REPO/$1" --configuration Release --nologo --verbosity quiet \
        --output "$target/$2" -p:UseAppHost=false >"$log" 2>&1 \
        || { cat "$log" >&2 && die "the build of $2 failed"; }
}
publish CreditManager/CreditCtl creditctl
for service in "${!PROJECT[@]}"; do
    publish "${PROJECT[$service]}" "$service"
    cat >"$target/$service/run" <<RUN
#!/bin/sh
# Starts the service with the deployment's settings, then the operator's own.
set -- --config "$STATE/config/$service.yaml"
[ ! -e "$STATE/config/$service.local.yaml" ] || set -- "\$@" --config "$STATE/config/$service.local.yaml"
cd / && exec "$(command -v dotnet)" "$STATE/bin/$service/$(basename "${PROJECT[$service]}").dll" "\$@"
RUN
    chmod +x "$target/$service/run"
done
digest >"$target/digest"
