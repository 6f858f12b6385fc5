#!/usr/bin/env bash
# Builds the fuzzer and runs every target (or those named) for so many seconds, several bounds watched: memory, time per
# input, and what must hold. Ends with a table; a find ends with exit code 1 and says how to repeat it.
#
#   Tests/Fuzz/run.sh [SECONDS [TARGET…]]
#
# New inputs are collected in .build-fuzz/corpus and grow from run to run. What is worth keeping goes into Tests/Fuzz/Corpus.
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-60}
shift || true
targets=("$@")
((${#targets[@]})) || targets=(signature form interaction command configuration reply)

# What no target may exceed. The address sanitizer keeps freed memory for a while to notice its use; here for less than it
# usually does, so that the limit is about the program.
readonly most_mebibytes=256 most_seconds_each=1 most_bytes_kept_mebibytes=8

library=$(find "$(dirname "$(readlink -f "$(command -v swift)")")/.." -name "libclang_rt.fuzzer_no_main-$(uname -m).a" | head -1)
[[ -n $library ]] || {
	echo "This Swift toolchain has no libFuzzer (libclang_rt.fuzzer_no_main): install the one from swift.org." >&2
	exit 1
}
export FUZZ_SANITIZERS=fuzzer,address FUZZ_LIBRARY=$library TARGETS=Fuzz
build=(swift build -c release --product Fuzz --scratch-path .build-fuzz)
"${build[@]}" 2>&1 | grep -v "Cannot export local symbol" | tail -3
program=$("${build[@]}" --show-bin-path)/Fuzz

# The Swift runtime would print its own report and end the process before libFuzzer could keep the input.
export SWIFT_BACKTRACE=enable=no
export ASAN_OPTIONS=quarantine_size_mb=$most_bytes_kept_mebibytes:malloc_context_size=4:detect_leaks=0
finds=0
printf '%-14s %12s %10s %8s %9s  %s\n' target executions per-second inputs peak-MiB result
for target in "${targets[@]}"; do
	found=.build-fuzz/corpus/$target log=.build-fuzz/$target.log artifacts=.build-fuzz/finds/
	mkdir -p "$found" "$artifacts"
	export FUZZ_TARGET=$target
	status=0
	"$program" -max_total_time="$seconds" -timeout=$most_seconds_each -rss_limit_mb=$most_mebibytes -print_final_stats=1 \
		-dict="Tests/Fuzz/Dictionaries/$target" -artifact_prefix="$artifacts$target-" \
		"$found" "Tests/Fuzz/Corpus/$target" >"$log" 2>&1 || status=$?
	figure() { grep -a "stat::$1" "$log" | tail -1 | grep -o '[0-9]*$' || echo -; }
	result=ok
	if ((status)); then
		finds=$((finds + 1))
		result="FOUND: $(grep -aoE 'Fatal error: .*|ERROR: .*' "$log" | head -1)"
	fi
	printf '%-14s %12s %10s %8s %9s  %s\n' "$target" "$(figure number_of_executed_units)" "$(figure average_exec_per_sec)" \
		"$(find "$found" -type f | wc -l)" "$(figure peak_rss_mb)" "$result"
	if ((status)); then
		file=$(grep -ao "$artifacts$target-[a-z0-9-]*" "$log" | tail -1)
		echo "    to repeat it: FUZZ_TARGET=$target SWIFT_BACKTRACE=enable=no $program ${file:-"(see $log)"}"
		echo "    then mend it, and keep the input: cp ${file:-FILE} Tests/Fuzz/Corpus/$target/"
	fi
done
((finds == 0))
