#!/usr/bin/env bash
# Installs everything that the platform needs on this machine. Safe to repeat.
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")

for part in dotnet tools apptainer task-user; do
    "$here/$part.sh"
done
