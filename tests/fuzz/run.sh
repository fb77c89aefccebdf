#!/bin/bash
# Let fuzzers run from their corpora on, JOBS at a time: tests/fuzz/run.sh SECONDS BUILD/fuzz/TARGET...
# What one learns and what breaks it is kept beside it: TARGET.grown/, TARGET.found-*. Says how
# often each ran, and all of them; ends with 1 if something broke, and shows what.
set -euo pipefail
export LC_ALL=C.UTF-8 TZ=UTC
export UBSAN_OPTIONS=print_stacktrace=1
# Files that are made anew for each run need no disk.
[ ! -w /dev/shm ] || export TMPDIR=/dev/shm

# How long an input may be: what makes a parser go another way is short, and a run takes as long
# as its input. What happens at the limits of length is for unit tests.
declare -A longest=([retry_after]=64 [keys]=64 [image]=80 [safe_text]=96 [url]=192 [event]=512
	[payload]=512 [document]=2048)

stat() {
	sed -n "s/^stat::$2: *//p" "$1.log"
}

one() {
	local seconds=$1 fuzzer=$2
	local target=${fuzzer##*/}
	mkdir -p "$fuzzer.grown"
	if ! "$fuzzer" -max_len="${longest[$target]}" -max_total_time="$seconds" -timeout=5 \
			-rss_limit_mb=1024 -print_final_stats=1 -artifact_prefix="$fuzzer.found-" \
			"$fuzzer.grown" "tests/fuzz/corpus/$target" >"$fuzzer.log" 2>&1; then
		tail -n 40 "$fuzzer.log" >&2
		echo "$target: broke; the input is beside $fuzzer" >&2
		return 1
	fi
	local runs
	runs=$(stat "$fuzzer" number_of_executed_units)
	printf '%-12s %11d runs, %7d/s, nothing found, slowest %s s\n' "$target" "$runs" \
		$((runs / seconds)) "$(stat "$fuzzer" slowest_unit_time_sec)"
}

seconds=$1 failed=0 running=0 total=0
shift
for fuzzer in "$@"; do
	if [ $running -ge "${JOBS:-$(nproc)}" ]; then
		wait -n || failed=1
		running=$((running - 1))
	fi
	one "$seconds" "$fuzzer" &
	running=$((running + 1))
done
while [ $running -gt 0 ]; do
	wait -n || failed=1
	running=$((running - 1))
done
[ $failed -eq 0 ] || exit 1
for fuzzer in "$@"; do
	total=$((total + $(stat "$fuzzer" number_of_executed_units)))
done
printf '%-12s %11d runs\n' together $total
