#!/bin/bash
# Run test programs side by side and sum up: tests/run.sh PROGRAM...
# A program's output goes to PROGRAM.log and is shown if it fails. A program that crashes, hangs,
# leaks or runs no test counts as one failure. WRAP (valgrind and its options, say) is put before
# each program; JOBS is how many run at once; TIMEOUT_S is what one may take.
set -u

[ $# -gt 0 ] || { echo "tests/run.sh: there is no test program to run" >&2; exit 1; }

export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_stack_use_after_return=1:strict_string_checks=1}
export UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1}
export LC_ALL=C.UTF-8 TZ=UTC
export TIMEOUT_S=${TIMEOUT_S:-600} WRAP=${WRAP:-}

# failed_tests LOG: their names.
failed_tests() {
	grep -ao '\[  FAILED  \] [A-Za-z_][A-Za-z0-9_]*$' "$1" | cut -c 14- | sort -u
}
export -f failed_tests

# Prints "passed failed seconds program"; cmocka says one line per test that went well, and the
# names of those that did not, twice. Whatever is not known to have passed has failed.
run_one() {
	local program=$1 log=$1.log begin=$SECONDS status=0 passed failed
	if [ ! -x "$program" ] || ! : >"$log"; then
		echo "0 1 0 $program"
		return
	fi
	# shellcheck disable=SC2086  # WRAP is words
	timeout --kill-after=10 "$TIMEOUT_S" $WRAP "$program" >"$log" 2>&1 </dev/null || status=$?
	passed=$(grep -ac '\[       OK \] ' "$log")
	failed=$(failed_tests "$log" | wc -l)
	if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then
		failed=1
		echo "$program ended with status $status" >>"$log"
	elif [ "$passed" -eq 0 ] && [ "$failed" -eq 0 ]; then
		failed=1
		echo "$program ran no test" >>"$log"
	fi
	echo "${passed:-0} ${failed:-1} $((SECONDS - begin)) $program"
}
export -f run_one

total_passed=0
total_failed=0
reported=0
failures=()
while read -r passed failed seconds program; do
	reported=$((reported + 1))
	total_passed=$((total_passed + passed))
	total_failed=$((total_failed + failed))
	printf '%-60s %4d passed, %d failed  (%d s)\n' \
		"${program#*/test/tests/}" "$passed" "$failed" "$seconds"
	if [ ! -e "$program.log" ]; then
		echo "$program cannot be run or has no place for its log"
		continue
	fi
	[ "$failed" -eq 0 ] && continue
	grep -av '^\[ RUN\|^\[       OK' "$program.log" | tail -n 60
	failures+=("failed: ${program#*/test/tests/} $(failed_tests "$program.log" | paste -sd ' ')")
	failures+=("$(grep -aA 1 -m 3 'ERROR\|ended with status' "$program.log")")
done < <(printf '%s\n' "$@" | xargs -r -d '\n' -n 1 -P "${JOBS:-$(nproc)}" \
	bash -c 'run_one "$1"' run_one)

# A program that never reported, its runner killed perhaps, has not passed.
if [ "$reported" -ne $# ]; then
	echo "$(($# - reported)) of $# programs did not report"
	total_failed=$((total_failed + $# - reported))
fi

# Once more at the end, where they are found without a search.
[ ${#failures[@]} -eq 0 ] || printf '%s\n' "${failures[@]}"
echo "$total_passed passed, $total_failed failed"
[ "$total_failed" -eq 0 ] && [ "$total_passed" -gt 0 ]
