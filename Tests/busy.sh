#!/usr/bin/env bash
# Runs suites many times over while the machine has other things to do, and counts what failed.
#
# Arguments: how many times, then the suites' filters, each run by itself. The tests are built already.
set -u
times=$1
shift
folder=$(swift build --show-bin-path)
export TEST_LOG=${TEST_LOG:-$(mktemp -d)}
stress-ng --cpu 4 --io 2 --timeout 6h --quiet &
stress=$!
trap 'kill $stress 2>/dev/null; wait $stress 2>/dev/null' EXIT
passed=0 failed=0
for filter in "$@"; do
	for ((run = 1; run <= times; run++)); do
		log="$TEST_LOG/${filter//[^A-Za-z]/_}-$run.txt"
		began=$SECONDS
		if "$folder"/clusterbotPackageTests.xctest --testing-library swift-testing --filter "$filter" >"$log" 2>&1; then
			passed=$((passed + 1)) result=passed
		else
			failed=$((failed + 1)) result="FAILED, see $log"
			grep -aE 'recorded an issue|Fatal|crash' "$log" | head -10 | cut -c1-300
		fi
		echo "$filter $run of $times: $result, $((SECONDS - began)) s"
	done
done
printf '%d passed, %d failed\n' "$passed" "$failed"
((failed == 0 && passed > 0))
