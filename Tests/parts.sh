#!/usr/bin/env bash
# Runs the parts of `make test` one after the other, each to its end, whatever became of those before.
#
# Reads lines "NAME COMMAND…" from its input, and after each part says how it went and how long it took. At the end: the
# minutes of all, their sum, and as the last line "N passed, N failed", of parts. Fails if one of them did.
set -u
table=() passed=0 failed=0
minutes() { printf '%3d:%02d' $(($1 / 60)) $(($1 % 60)); }
while read -r name command <&3; do
	[[ $name ]] || continue
	printf '\n==== %s\n' "$name"
	began=$SECONDS
	if bash -eu -o pipefail -c "$command" </dev/null; then
		result=passed passed=$((passed + 1))
	else
		result="FAILED with $?" failed=$((failed + 1))
	fi
	took=$((SECONDS - began))
	table+=("$(minutes $took) min  $(printf '%-16s' "$name") $result")
	printf '==== %s: %s after %s min\n' "$name" "$result" "$(minutes $took)"
done 3<&0
printf '\n'
printf '%s\n' "${table[@]}"
printf '%s min  in all\n\n%d passed, %d failed\n' "$(minutes $SECONDS)" "$passed" "$failed"
((failed == 0 && passed > 0))
