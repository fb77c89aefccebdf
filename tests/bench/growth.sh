#!/usr/bin/env bash
# What grows with the data, and how: a small database beside one with 100,000 monitors, 10,000
# services, 100,000 links and 10 million journal rows. The work that an event or a screen asks for
# is the same in both; an import's or an export's is a hundred times as much.
#
#   tests/bench/growth.sh [OUTAGES]      700,000, fourteen rows each
#
# The large database is made once, in the build folder, and kept for the next run.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

outages=${1:-700000}
large=$build/bench/growth-$outages.db
small=$work/small.db
down=$'\033OB'
given_up_s=${GROWTH_SECONDS:-180} # for each command
port=1

# filled FILE MONITORS SERVICES OUTAGES: a live database with a history of 300 days.
filled() {
	export HUBLINK_DB=$1
	document "$2" 1 "$3" >"$work/document.json"
	hublink import "$work/document.json" >"$work/import.log" 2>&1
	hublink mode live --yes >"$work/mode.log" 2>&1
	"$bench/history" "$1" add "$4" 300
}

make_databases() {
	filled "$small" 1000 100 700
	[ -f "$large.whole" ] && [ -f "$large" ] && return
	rm -f "$large" "$large"-* "$large".*
	echo "growth: making $large, which takes two minutes and 2 GB of memory" >&2
	filled "$large" 100000 10000 "$outages"
	touch "$large.whole"
}

# seconds COMMAND…: the median of 3 runs; "-" if one takes too long.
seconds() {
	local begin
	: >"$work/runs"
	for _ in 1 2 3; do
		begin=$(now_ns)
		timeout "$given_up_s" "$@" >/dev/null 2>&1 || [ $? != 124 ] || { echo -; return; }
		echo "$(($(now_ns) - begin))" >>"$work/runs"
	done
	calc 4 "$(sort -n "$work/runs" | sed -n 2p) / 1e9"
}

# compared WHAT WORK A B UNIT: a row; WORK: how much more there is to do in the large one.
compared() {
	local times=-
	[ "$3" = - ] || [ "$4" = - ] || times=$(calc 1 "$4 / ($3 > 0 ? $3 : 0.001)")
	row "$1" "$4 $5" "$times" "times $3 $5; there is $2 times as much to do"
}

# both WHAT WORK COMMAND…: seconds in each.
both() {
	local what=$1 work_times=$2 a b
	shift 2
	a=$(HUBLINK_DB=$small seconds "$@")
	b=$(HUBLINK_DB=$large seconds "$@")
	compared "$what" "$work_times" "$a" "$b" s
}

growth_commands() {
	both "status" 1 hublink status
	both "next" 1 hublink next
	both "list incidents --open" 1 hublink list incidents --open
	both "list incidents --limit 50" 1 hublink list incidents --limit 50
	both "list deliveries --limit 50" 1 hublink list deliveries --limit 50
	both "list monitors" 100 hublink list monitors
	both "history of a service, a week" 1 hublink history "Service 00007" --since "$(date -d '7 days ago' +%FT%TZ)"
	both "explain a monitor" 1 hublink explain "Monitor 00007"
	both "what-if: simulate a monitor" 1 hublink simulate "Monitor 00007" --error-for 10m
	both "incident show" 1 hublink incident show 300
	both "check" 100 hublink check
	both "export" 100 hublink export
}

growth_import() {
	local a b
	HUBLINK_DB=$small hublink export --with-secrets >"$work/small.json"
	HUBLINK_DB=$large timeout "$given_up_s" hublink export --with-secrets >"$work/large.json"
	a=$(HUBLINK_DB=$small seconds hublink import --dry-run "$work/small.json")
	b=$(HUBLINK_DB=$large seconds hublink import --dry-run "$work/large.json")
	compared "import of what is there already" 100 "$a" "$b" s
	fresh_import() { rm -f "$work/fresh.db"*; HUBLINK_DB=$work/fresh.db hublink import "$1"; }
	export -f fresh_import
	export work
	a=$(seconds bash -c "fresh_import '$work/small.json'")
	b=$(seconds bash -c "fresh_import '$work/large.json'")
	compared "import into a fresh database" 100 "$a" "$b" s
}

cpu_s() { awk -v t="$(getconf CLK_TCK)" '{ print ($14 + $15) / t }' "/proc/$engine_pid/stat"; }

# engine_on FILE: sets start_ms, event_us (processor time of the engine for an error and its OK,
# of 500 monitors), end_ms and peak_mb.
engine_on() {
	local begin used
	export HUBLINK_DB=$1
	start_sink 0 1000
	begin=$(now_ns)
	start_engine 64
	start_ms=$(calc 1 "($(now_ns) - $begin) / 1e6")
	used=$(cpu_s)
	events 500 >"$work/events.jsonl"
	hublink event --batch "$work/events.jsonl" >/dev/null 2>&1
	sed 's/"state":"error"/"state":"ok"/' "$work/events.jsonl" | hublink event --batch - >/dev/null 2>&1
	until [ "$(sqlite3 "$1" 'SELECT count(*) FROM pending')" = 0 ]; do sleep 0.1; done
	sleep 1
	event_us=$(calc 0 "($(cpu_s) - $used) * 1e6 / 1000")
	peak_mb=$(awk '/^VmHWM/ { printf "%.1f", $2 / 1024 }' "/proc/$engine_pid/status")
	begin=$(now_ns)
	kill -TERM "$engine_pid"
	wait "$engine_pid" || true
	end_ms=$(calc 1 "($(now_ns) - $begin) / 1e6")
	engine_pid=
	stop_all
}

growth_engine() {
	local start us end peak
	engine_on "$small"
	start=$start_ms us=$event_us end=$end_ms peak=$peak_mb
	engine_on "$large"
	compared "engine: start to running" 1 "$start" "$start_ms" ms
	compared "engine: processor time for an event" 1 "$us" "$event_us" us
	compared "engine: end" 1 "$end" "$end_ms" ms
	compared "engine: resident, peak" 1 "$peak" "$peak_mb" MB
}

# Views by the key that opens them: the dashboard first.
growth_console() {
	local view
	for view in dashboard: incidents:2 monitors:4 told:9; do
		HUBLINK_DB=$small on_terminal 80x24 "small, ${view%:*}" "${view#*:}" "$down" hublink
		HUBLINK_DB=$large on_terminal 80x24 "large, ${view%:*}" "${view#*:}" "$down" hublink
	done
}

# Last: what is removed is gone. The engine's own steps, on a copy.
growth_sweep() {
	local steps
	cp "$large" "$work/swept.db"
	sync "$work/swept.db" # else the first step waits for the copy
	read -r steps < <("$bench/history" "$work/swept.db" sweep 200 5000)
	row "removing what is old, in steps of 50 rows: ms" "${steps#steps }" "-" "50 ms is the most"
	rm -f "$work/swept.db"*
}

make_databases
row "what" "large" "ratio" ""
for part in commands import engine console sweep; do
	"growth_$part"
done
