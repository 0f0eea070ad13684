# shellcheck shell=bash
# Reads the result files (*.trx) in the directory $results. Sourced by the scripts that run tests.

counter() { # attribute: its sum over all result files
    local sum=0 value
    while read -r value; do sum=$((sum + value)); done < <(
        cat "$results"/*.trx 2>/dev/null | grep -o '<Counters [^>]*' | grep -o " $1=\"[0-9]*" | grep -o '[0-9]*$')
    echo "$sum"
}

skips() { # a line per skipped test, with its reason
    cat "$results"/*.trx 2>/dev/null | tr -d '\r' | awk '
        /<UnitTestResult / { match($0, /testName="[^"]*"/); name = substr($0, RSTART + 10, RLENGTH - 11); skipped = /outcome="NotExecuted"/ }
        skipped && /<(StdOut|Message)>/ { gsub(/<[^>]*>/, ""); gsub(/^ +/, ""); print "skipped: " name ": " $0; skipped = 0 }'
}

listed() { # pattern: a line per test of a class whose name matches it, with what came of it
    cat "$results"/*.trx 2>/dev/null | tr -d '\r' | awk -v pattern="$1" '
        /<UnitTestResult / {
            match($0, /testName="[^"]*"/); name = substr($0, RSTART + 10, RLENGTH - 11)
            match($0, /outcome="[^"]*"/); outcome = tolower(substr($0, RSTART + 9, RLENGTH - 10))
            if (name ~ pattern) print outcome ": " name
        }' | sed 's/&quot;/"/g; s/&apos;/'"'"'/g; s/&lt;/</g; s/&gt;/>/g; s/&#xA;/\\n/g; s/&#xD;/\\r/g; s/&#x9;/\\t/g; s/&amp;/\&/g' | cut -c1-200 | sort
}
