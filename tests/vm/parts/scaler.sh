# shellcheck shell=bash
# Sourced by guest.sh: Scaler.Tests, whose service and driver tests are on the real kernel.

scaler_tests() {
    local filter
    filter=$(cat "$here/tests/vm/filter")
    mkdir -p /var/tmp/results
    dotnet test "$here/tests/Scaler.Tests/bin/Debug/net10.0/Scaler.Tests.dll" --nologo --results-directory /var/tmp/results \
        --logger "trx;LogFileName=Scaler.Tests.trx" ${filter:+--filter "$filter"} --blame-hang-timeout 20m --blame-hang-dump-type none -- xUnit.ParallelizeTestCollections=false 2>&1 |
        grep -vE '^(Test run for|Data collector|Additionally,|VSTest version|Starting test execution|A total of|Results File:|$)'
    if [[ -s /var/tmp/results/Scaler.Tests.trx ]]; then
        send /var/tmp/results/Scaler.Tests.trx
    else
        check "Scaler.Tests reports" false
    fi
}

check "the kernel has cgroup version 2 with cpu, memory and pids" \
    grep -q 'cpu.*memory.*pids' /sys/fs/cgroup/cgroup.controllers
scaler_tests
