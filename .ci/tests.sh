# For the scripts beside this one: runs tests and adds up what they report. Sourced, not started.
# Expects the current directory to be the repository's, and $logs to name a folder. A program of which no test ends for $patience is
# ended, and what it was running is printed.
passed=0 failed=0 skipped=0

step() { printf '\n=== [%dm%02ds] %s\n' $((SECONDS / 60)) $((SECONDS % 60)) "$*"; }

# Prints the sum of all test runs so far.
summary() {
    if [ "$skipped" -gt 0 ]; then
        echo "$passed passed, $failed failed, $skipped skipped"
    else
        echo "$passed passed, $failed failed"
    fi
}

# Runs 'dotnet test -c Release' with these arguments, adds up what it reports, and ends the script if a test failed or none ran.
# Arguments of the form NAME=VALUE in front go into its environment.
run_tests() {
    local variables=() log="$logs/tests.log" results="$logs/results" status=0 total hung
    while [[ "${1:-}" =~ ^[A-Za-z_][A-Za-z_0-9]*= ]]; do
        variables+=("$1")
        shift
    done
    rm -rf "$results"
    env "${variables[@]}" dotnet test -c Release "$@" --results-directory "$results" \
        --hangdump --hangdump-timeout "$patience" --hangdump-type None 2>&1 | tee "$log" || status=$?
    for hung in "$results"/*_hang.log; do
        [ ! -e "$hung" ] || { echo "No test ended for $patience. These were running ($(basename "$hung")):"; cat "$hung"; }
    done
    count() { sed -nE "s/^ *$1: ([0-9]+)\$/\1/p" "$log" | tail -n 1; }
    total=$(count total)
    passed=$((passed + $(count succeeded) + 0))
    failed=$((failed + $(count failed) + 0))
    skipped=$((skipped + $(count skipped) + 0))
    [ "$status" -eq 0 ] || { summary; exit "$status"; }
    [ "${total:-0}" -gt 0 ] || { echo 'No test ran.'; exit 1; }
}
