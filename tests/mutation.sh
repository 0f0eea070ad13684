#!/usr/bin/env bash
# Mutation testing: changes a project's code in thousands of small ways and counts how many of the changes its tests notice.
#
#   tests/mutation.sh PROJECT [FILE…]    for example CreditManager.Core, or CreditManager.Core 'Money/*.cs'
#
# Lists every change that no test noticed; ends with the score, and with status 1 where it is below what is wanted.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
readonly project=${1:-}
declare -A wanted=([CreditManager.Core]=85 [Scaler.Core]=80 [ContainerManager.Core]=80)
if [[ -z $project || -z ${wanted[$project]:-} ]]; then
    echo "mutation.sh: \"$project\" is not allowed; allowed: ${!wanted[*]}" >&2
    exit 2
fi
shift
command -v jq >/dev/null || { echo "mutation.sh: jq is missing; tests/install-dependencies.sh installs it." >&2; exit 1; }

output=$(mktemp -d "${TMPDIR:-/tmp}/scp-mutation-XXXXXX")
trap 'rm -rf "$output"' EXIT
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
dotnet tool restore >/dev/null

options=()
for file in "$@"; do options+=(--mutate "$file"); done
(cd "tests/$project.Tests" && dotnet stryker --project "$project.csproj" --concurrency "$(nproc)" --output "$output" \
    --reporter json "${options[@]}") >"$output/log" 2>&1 || { tail -40 "$output/log" >&2; exit 1; }

report=$output/reports/mutation-report.json
jq -r '.files | to_entries[] | .key as $file | .value.mutants[] | select(.status == "Survived" or .status == "NoCoverage")
    | "\($file):\(.location.start.line): \(.status): \(.mutatorName): \(.replacement | gsub("\\s+"; " ") | .[0:100])"' "$report" | sed "s|^$PWD/||" | sort -V
read -r found all < <(jq -r '[.files[].mutants[].status] | "\(map(select(. == "Killed" or . == "Timeout")) | length) \(
    map(select(. == "Killed" or . == "Timeout" or . == "Survived" or . == "NoCoverage")) | length)"' "$report")
((all > 0)) || { echo "mutation.sh: nothing to change in $*" >&2; exit 1; }
printf 'mutation score of %s: %d.%02d %% (%d of %d changes noticed; wanted: %d %%)\n' "$project" \
    $((found * 100 / all)) $((found * 10000 / all % 100)) "$found" "$all" "${wanted[$project]}"
((found * 100 >= wanted[$project] * all))
