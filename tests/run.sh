#!/usr/bin/env bash
# Installs what the tests need, runs every test, and ends with one line: N passed, N failed, N skipped.
#
#   tests/run.sh             everything
#   tests/run.sh Scaler      the test projects whose names contain "Scaler"
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
readonly filter=${1:-}
results=$(mktemp -d "${TMPDIR:-/tmp}/scp-results-XXXXXX")
readonly results
trap 'rm -rf "$results"' EXIT
# shellcheck source=results.sh
source tests/results.sh
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

fail() {
    echo "$1" >&2
    echo "0 passed, 1 failed, 0 skipped"
    exit 1
}

# One project after the other would leave a core idle; the end-to-end tests measure a real machine and run alone, last.
run_project() {
    local name=$1
    local log=$results/$name.log
    dotnet test "tests/$name" --no-build --nologo --results-directory "$results" --logger "trx;LogFileName=$name.trx" \
        --blame-hang-timeout 5m --blame-hang-dump-type none >"$log" 2>&1
    local status=$?
    if [[ ! -s $results/$name.trx ]]; then
        echo "$name: its test run ended with status $status before it could report." >>"$log"
        touch "$results/$name.broken"
    fi
    grep -vE '^(Test run for|Data collector|Additionally,|VSTest version|Starting test execution|A total of|Results File:|$)' "$log"
}

tests/install-dependencies.sh || fail "What the tests need could not be installed."
dotnet build --nologo -v quiet -clp:NoSummary || fail "The build failed."

mapfile -t projects < <(find tests -maxdepth 2 -name '*.Tests.csproj' -printf '%f\n' | sed 's/\.csproj$//' | grep -F -- "$filter" | sort)
((${#projects[@]} > 0)) || fail "No test project is named like \"$filter\"."
for name in "${projects[@]}"; do
    [[ $name == EndToEnd.Tests ]] && continue
    while (($(jobs -rp | wc -l) >= 2)); do wait -n; done
    run_project "$name" &
done
wait
if [[ " ${projects[*]} " == *" EndToEnd.Tests "* ]]; then run_project EndToEnd.Tests; fi

listed '\\.(Isolation|[A-Za-z]*Containment)Tests\\.'
skips
total=$(counter total) executed=$(counter executed) passed=$(counter passed)
broken=$(find "$results" -name '*.broken' | wc -l)
failed=$((executed - passed + broken))
echo "$passed passed, $failed failed, $((total - executed)) skipped"
((failed == 0 && passed > 0))
