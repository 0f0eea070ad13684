#!/usr/bin/env bash
# How fast small tasks get through the platform, beside apptainer by hand and a shell alone; how soon one is picked up, warm and cold;
# what is left of that with 100,000 tasks waiting; and the same on an S3 server, beside what that server does by itself.
#
#   bench.sh dispatch [--tasks N] [--rounds N] [--slots N] [--picks N] [--colds N] [--waiting N] [--s3 N]
set -euo pipefail
# Apptainer, and OpenStack Swift as the S3 server.
"$(dirname "${BASH_SOURCE[0]}")/../../tests/install-dependencies.sh" >&2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
exec dotnet run --configuration Release --project "$here/Benchmarks" -- dispatch "$@"
