#!/bin/bash
# Proves that tests/run.sh counts what must not pass as failed. Prints what it got wrong; exits 1
# if anything.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
wrong=0

# program NAME BODY: a stand-in for a test program.
program() {
	printf '#!/bin/bash\n%s\n' "$2" >"$work/$1"
	chmod +x "$work/$1"
}

# expect SUM STATUS PROGRAM...: what the last line and the exit status must be.
expect() {
	local sum=$1 status=$2 said got=0
	shift 2
	said=$(TIMEOUT_S=1 "$here/run.sh" "${@/#/$work/}" 2>&1) || got=$?
	if [ "$(tail -n 1 <<<"$said")" != "$sum" ] || [ "$got" -ne "$status" ]; then
		echo "run.sh: '$*' gave '$(tail -n 1 <<<"$said")', status $got, not '$sum', $status" >&2
		wrong=1
	fi
}

program good 'echo "[       OK ] a"; echo "[       OK ] b"'
program bad 'echo "[       OK ] a"; echo "[  FAILED  ] b"; echo "[  FAILED  ] b"; exit 1'
program crashes 'echo "[       OK ] a"; kill -SEGV $$'
program leaks 'echo "[       OK ] a"; exit 23'
program hangs 'echo "[       OK ] a"; exec sleep 20'
program empty 'exit 0'
program garbled 'printf "half a line[       OK ] a\n\0\xff[       OK ] b\n"'

expect '2 passed, 0 failed' 0 good
expect '1 passed, 1 failed' 1 bad
expect '1 passed, 1 failed' 1 crashes
expect '1 passed, 1 failed' 1 leaks
expect '1 passed, 1 failed' 1 hangs
expect '0 passed, 1 failed' 1 empty
expect '0 passed, 1 failed' 1 absent
expect '0 passed, 1 failed' 1 no/such/folder
expect '2 passed, 0 failed' 0 garbled
expect '4 passed, 3 failed' 1 good bad crashes absent
if "$here/run.sh" 2>/dev/null; then
	echo "run.sh: no program at all passes" >&2
	wrong=1
fi
[ "$wrong" -eq 0 ] && echo "run.sh: its own test passes"
