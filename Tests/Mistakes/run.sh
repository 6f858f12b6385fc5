#!/usr/bin/env bash
# Puts each of the mistakes beside this file into a copy of the sources, lets the simulation live through SEEDS (200) worlds
# with it, and expects it to be found. Without any mistake nothing may be found: that is the control.
#
# A mistake that the simulation does not know names the tests that must find it: `Found by the tests: FILTER`.
#
#   Tests/Mistakes/run.sh [SEEDS]
set -euo pipefail
cd "$(dirname "$0")/../.."
seeds=${1:-200}
here=$PWD/Tests/Mistakes tree=$PWD/.build-mistakes/tree log=$PWD/.build-mistakes/log
mkdir -p "$tree"
# With the times of the files as they are, so that little is built anew.
tar -c --exclude '.build*' Package.swift Sources Tests | tar -x -C "$tree"
if [[ -f Package.resolved ]]; then cp -p Package.resolved "$tree"; fi
export TARGETS=simulate SWIFT_BACKTRACE=enable=no

live() {
	(cd "$tree" && swift build --product simulate --scratch-path ../build) >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
	"$tree/../build/debug/simulate" --seeds "$seeds" >"$log" 2>&1
}

# Whether the tests that a patch names pass; they must be built.
pass() {
	(cd "$tree" && env -u TARGETS swift build --build-tests --scratch-path ../tests) >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
	(cd "$tree" && env -u TARGETS swift test --skip-build --scratch-path ../tests --filter "$1") >"$log" 2>&1
}

missed=0
if live; then
	echo "without a mistake: $(tail -1 "$log")"
else
	echo "without a mistake something is found: $(grep -a -m 1 '^seed' "$log")" >&2
	exit 1
fi
for patch in "$here"/*.patch; do
	git apply --directory=.build-mistakes/tree "$patch"
	name=$(basename "$patch" .patch)
	tests=$(sed -n 's/^Found by the tests: //p' "$patch")
	if [[ -n $tests ]]; then
		if pass "$tests"; then
			echo "$name: NOT FOUND by $tests" >&2
			missed=$((missed + 1))
		else
			echo "$name: found by $(grep -ac '✘ Test .* failed after' "$log") tests"
		fi
	elif live; then
		echo "$name: NOT FOUND in $seeds seeds" >&2
		missed=$((missed + 1))
	else
		echo "$name: found in $(grep -ac '^seed' "$log") of $seeds seeds, first: $(grep -a -m 1 '^seed' "$log")"
	fi
	git apply --directory=.build-mistakes/tree -R "$patch"
done
((missed == 0))
