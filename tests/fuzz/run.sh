#!/bin/bash
# Let one fuzzer run from its corpus on: tests/fuzz/run.sh BUILD/fuzz/TARGET SECONDS
# What it learns and what breaks it is kept beside it: TARGET.grown/, TARGET.found-*. Says how
# often it ran; ends with 1 if something broke, and shows what.
set -euo pipefail
fuzzer=$1 seconds=$2
corpus=$(dirname "$0")/corpus/$(basename "$fuzzer")
export LC_ALL=C.UTF-8 TZ=UTC
export UBSAN_OPTIONS=print_stacktrace=1
# Files that are made anew for each run need no disk.
[ ! -w /dev/shm ] || export TMPDIR=/dev/shm

mkdir -p "$fuzzer.grown"
if ! "$fuzzer" -max_total_time="$seconds" -timeout=5 -rss_limit_mb=1024 -print_final_stats=1 \
		-artifact_prefix="$fuzzer.found-" "$fuzzer.grown" "$corpus" >"$fuzzer.log" 2>&1; then
	tail -n 40 "$fuzzer.log" >&2
	echo "$(basename "$fuzzer"): broke; the input is beside $fuzzer" >&2
	exit 1
fi
runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$fuzzer.log")
slowest=$(sed -n 's/^stat::slowest_unit_time_sec: *//p' "$fuzzer.log")
printf '%-12s %10s runs, nothing found, slowest %s s\n' "$(basename "$fuzzer")" "$runs" "$slowest"
