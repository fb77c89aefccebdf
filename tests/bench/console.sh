#!/usr/bin/env bash
# The console on a terminal: its first frame, keys, a filter over 100,000 rows, at rest, and while 10,000
# events arrive; beside htop, tig and mc where they are installed. Ratios are to less in the same run.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

down=$'\033OB'
# Letters that all rows have, then figures that fewer and fewer have, and all of it taken back.
filter="monitor 04213$(printf '\177%.0s' {1..13})"
idle_s=0
count=78

make_databases() {
	port=1
	seq 1 100000 >"$work/lines"
	fresh 10000
	small=$HUBLINK_DB
	"$bench/page" "$small" 1000000 >/dev/null
	large=$work/large.db
	monitors 100000 >"$work/document.json"
	HUBLINK_DB=$large hublink import "$work/document.json" >"$work/import.log" 2>&1
}

# The names of those that are installed.
peers() {
	local peer
	for peer in htop mc tig; do
		command -v "$peer" >/dev/null || continue
		[ "$peer" != tig ] || git rev-parse >/dev/null 2>&1 || continue
		echo "$peer"
	done
}

# peer_on SIZE NAME: as on_terminal, with what makes it quiet.
peer_on() {
	local -A options=([htop]="-d 100" [mc]=-d [tig]="")
	# shellcheck disable=SC2086
	on_terminal "$1" "$2" "" "$down" "$2" ${options[$2]}
}

console_keys() { # SIZE
	local peer
	base_ms='' base_start=''
	on_terminal "$1" "less, 100,000 lines" "" "$down" less "$work/lines"
	base_ms=$ms base_start=$start
	export HUBLINK_DB=$small
	on_terminal "$1" "hublink, dashboard with 10,000 services" $'\t' "$down" hublink
	on_terminal "$1" "hublink, 10,000 monitors" 4 "$down" hublink
	export HUBLINK_DB=$large
	on_terminal "$1" "hublink, 100,000 monitors" 4 "$down" hublink
	on_terminal "$1" "hublink, a filter over them" 4/ "$filter" hublink
	for peer in $(peers); do peer_on "$1" "$peer"; done
}

# All of them at the same time: those that rest disturb nobody.
console_rest() {
	local peer
	idle_s=10 count=0
	export HUBLINK_DB=$small
	{
		on_terminal 200x60 "hublink, dashboard" "" "" hublink >"$work/rest.0" &
		HUBLINK_DB=$large on_terminal 200x60 "hublink, 100,000 monitors" 4 "" hublink >"$work/rest.1" &
		HUBLINK_DB=$large on_terminal 200x60 "hublink, a filter over them" 4/mon "" hublink >"$work/rest.2" &
		for peer in $(peers); do peer_on 200x60 "$peer" >"$work/rest.$peer" & done
		wait
	}
	cat "$work"/rest.* | grep 'at rest'
}

# 10,000 errors at once, judged and sent while the dashboard is shown: frames and processor time of the ten
# seconds from the first of them on.
console_burst() {
	local shown frames cpu_ms
	idle_s=10 count=0
	start_sink 0 10000
	fresh 10000
	start_engine 64
	on_terminal 80x24 hublink "" "" hublink >"$work/burst" &
	shown=$!
	sleep 1
	hublink event --batch "$work/events.jsonl" >"$work/batch.log" 2>&1
	wait "$shown"
	read -r frames cpu_ms <"$work/used"
	row "hublink, 10,000 errors arrive: frames a second" "$(calc 1 "$frames / $idle_s")" "$(calc 2 "$frames / $idle_s / 4")" "of 4"
	row "hublink, 10,000 errors arrive: processor time" "$(calc 1 "$cpu_ms / $idle_s / 10") %" "$(calc 2 "$cpu_ms / $idle_s / 50")" "of 5 % of a core"
	stop_all
}

make_databases
console_keys 80x24
console_keys 200x60
console_rest
console_burst
