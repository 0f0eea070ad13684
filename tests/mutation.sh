#!/usr/bin/env bash
# Mutation testing: changes a project's code in thousands of small ways and counts how many of the changes its tests notice.
#
#   tests/mutation.sh PROJECT [FILE…]    for example CreditManager.Core, or CreditManager.Core 'Money/*.cs'
#
# Lists every change that no test noticed; ends with the score of each folder and of all, and with status 1 where that is below what is wanted.
# A change with which the tests do not come to an end counts as noticed.
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

# Built as for use: the tests of simulations, run again and again, take less than half as long so.
options=(--configuration Release)
for file in "$@"; do options+=(--mutate "$file"); done
(cd "tests/$project.Tests" && dotnet stryker --project "$project.csproj" --concurrency "$(nproc)" --output "$output" \
    --reporter json "${options[@]}") >"$output/log" 2>&1 || { tail -40 "$output/log" >&2; exit 1; }

report=$output/reports/mutation-report.json
jq -r '.files | to_entries[] | .key as $file | .value.mutants[] | select(.status == "Survived" or .status == "NoCoverage")
    | "\($file):\(.location.start.line): \(.status): \(.mutatorName): \(.replacement | gsub("\\s+"; " ") | .[0:100])"' "$report" | sed "s|^$PWD/||" | sort -V

# By folder: what of a file's path is between project and name.
jq -r '.files | to_entries[] | .key as $file | .value.mutants[] | [.status, $file] | @tsv' "$report" | awk -F '\t' -v root="/$project/" '
    { place = substr($2, index($2, root) + length(root)); folder = sub("/[^/]*$", "", place) ? place : "(top)" }
    $1 == "Killed" || $1 == "Timeout" { found[folder]++ }
    $1 == "Killed" || $1 == "Timeout" || $1 == "Survived" || $1 == "NoCoverage" { all[folder]++ }
    END { for (f in all) printf "  %-16s %5.1f %% (%d of %d)\n", f, found[f] * 100 / all[f], found[f], all[f] }' | sort
read -r found all < <(jq -r '[.files[].mutants[].status] | "\(map(select(. == "Killed" or . == "Timeout")) | length) \(
    map(select(. == "Killed" or . == "Timeout" or . == "Survived" or . == "NoCoverage")) | length)"' "$report")
((all > 0)) || { echo "mutation.sh: nothing to change in $*" >&2; exit 1; }
printf 'mutation score of %s: %d.%02d %% (%d of %d changes noticed in %d min; wanted: %d %%)\n' "$project" \
    $((found * 100 / all)) $((found * 10000 / all % 100)) "$found" "$all" $((SECONDS / 60)) "${wanted[$project]}"
((found * 100 >= wanted[$project] * all))
