#!/usr/bin/env bash
# Checks for the .NET 10 SDK, and installs it where the system's packages have it. Safe to repeat.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../lib/common.sh"

has_sdk() { have dotnet && dotnet --list-sdks 2>/dev/null | grep -q '^10\.'; }

package_available() {
    if have apt-get; then
        apt-cache policy dotnet-sdk-10.0 | grep -q 'Candidate: [^(]'
    else
        have dnf && dnf -q list --available dotnet-sdk-10.0 >/dev/null 2>&1
    fi
}

if ! has_sdk; then
    package_available || die "the .NET 10 SDK is missing, and the packages of $(os_name) do not have it. Install it as \
https://learn.microsoft.com/dotnet/core/install/linux says, so that \"dotnet --list-sdks\" shows a version 10, and run this again."
    require_root
    say "installing the .NET 10 SDK"
    install_packages dotnet-sdk-10.0
    has_sdk || die "dotnet-sdk-10.0 is installed, but \"dotnet --list-sdks\" shows no version 10."
fi
say ".NET SDK $(dotnet --list-sdks | awk '/^10\./ { version = $1 } END { print version }') is ready"
