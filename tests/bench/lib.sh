# What the benches share: a work folder, the receiver, the engine, a configuration of any size.
# Sourced with errexit on.

build=$(realpath "${BUILD:-build}")
bench=$build/bench
PATH=$build:$PATH
work=$(mktemp -d "${TMPDIR:-/tmp}/hublink-bench.XXXXXX")
engine_pid=
sink_pid=

stop_all() {
	[ -z "$engine_pid" ] || kill "$engine_pid" 2>/dev/null || true
	[ -z "$sink_pid" ] || kill "$sink_pid" 2>/dev/null || true
	wait 2>/dev/null || true
	engine_pid= sink_pid=
}
trap 'stop_all; rm -rf "$work"' EXIT

now_ns() { date +%s%N; }
calc() { awk "BEGIN { printf \"%.$1f\", $2 }"; }
row() { printf '%-62s %14s %10s %s\n' "$1" "$2" "$3" "${4:-}"; }
wanted() { [ ${#parts[@]} -eq 0 ] || [[ " ${parts[*]} " == *" $1 "* ]]; }

# document COUNT PORT [SERVICES]: as many monitors, each linked to a service of its own, or to one of
# so many in turn. $scheme: of their URLs.
scheme=http
document() {
	awk -v n="$1" -v port="$2" -v services="${3:-$1}" -v scheme="$scheme" 'BEGIN {
		printf "{\"hublink\":1,\"monitors\":["
		for (i = 1; i <= n; i++)
			printf "%s{\"name\":\"Monitor %05d\",\"groups\":[\"all\"]}", (i > 1 ? "," : ""), i
		printf "],\"integrations\":[{\"name\":\"Statushub\",\"max_per_second\":0,\"services\":["
		for (i = 1; i <= services; i++)
			printf "%s{\"name\":\"Service %05d\",\"url\":\"%s://127.0.0.1:%d/hooks/uptrends?token=%016d\"}", (i > 1 ? "," : ""), i, scheme, port, i
		printf "]}],\"alert_definitions\":[{\"name\":\"Default\",\"groups\":[\"all\"],\"levels\":[{\"level\":1,"
		printf "\"after\":{\"errors\":1},\"integrations\":[{\"integration\":\"Statushub\",\"active\":true,\"links\":["
		for (i = 1; i <= n; i++)
			printf "%s{\"monitor\":\"Monitor %05d\",\"service\":\"Service %05d\"}", (i > 1 ? "," : ""), i, (i - 1) % services + 1
		print "]}]}]}]}"
	}'
}

# monitors COUNT: as many, and nothing else.
monitors() {
	awk -v n="$1" 'BEGIN {
		printf "{\"hublink\":1,\"monitors\":["
		for (i = 1; i <= n; i++)
			printf "%s{\"name\":\"Monitor %05d\"}", (i > 1 ? "," : ""), i
		print "]}"
	}'
}

events() {
	awk -v n="$1" 'BEGIN {
		for (i = 1; i <= n; i++)
			printf "{\"monitor\":\"Monitor %05d\",\"state\":\"error\",\"message\":\"timeout after 10000 ms\"}\n", i
	}'
}

# start_sink LATENCY EXPECT [each]: sets port.
start_sink() {
	: >"$work/sink" # whoever reads the port must not find the last one's
	"$bench/sink" "$@" >"$work/sink" &
	sink_pid=$!
	until port=$(awk '/^port/ { print $2 }' "$work/sink") && [ -n "$port" ]; do :; done
}

# start_engine IN_FLIGHT [ENV…]: on $HUBLINK_DB, live.
start_engine() {
	local in_flight=$1
	shift
	env "$@" hublink engine --max-in-flight "$in_flight" 2>"$work/engine.log" &
	engine_pid=$!
	until hublink status --json | grep -q '"running":true'; do :; done
}

# fresh COUNT: a database with that many monitors and services, live.
fresh() {
	export HUBLINK_DB=$work/$RANDOM$RANDOM.db
	document "$1" "$port" >"$work/document.json"
	hublink import "$work/document.json" >"$work/import.log" 2>&1
	hublink mode live --yes >"$work/mode.log" 2>&1
	events "$1" >"$work/events.jsonl"
}

# delivered: waits until the sink has what it expects; prints when the last came.
delivered() {
	until grep -q '^first' "$work/sink"; do sleep 0.02; done
	awk '/^first/ { print $4 }' "$work/sink"
}

# to_base MEASURED BASE: a ratio; "-" without a base.
to_base() {
	[ -n "$2" ] && calc 2 "$1 / $2" || echo -
}

# on_terminal SIZE NAME KEYS TYPED PROGRAM…: rows of what it costs; the best of three starts. $count keys
# are typed (none: no row of them), and then it is left alone for $idle_s (0: no row of that). $base_start,
# $base_ms: what the ratios are to. Nothing is remembered from one to the next.
count=100 idle_s=10 base_start='' base_ms=''
on_terminal() {
	local size=$1 name=$2 keys=$3 typed=$4 another
	local -x XDG_STATE_HOME
	shift 4
	XDG_STATE_HOME=$(mktemp -d "$work/state.XXXXXX")
	# shellcheck disable=SC2086
	read -r start first bytes ms p99 pieces idle frames wakes cpu_ms rss \
		< <("$bench/terminal" ${size/x/ } "$idle_s" "$keys" "$typed" "$count" "$@")
	for _ in 1 2; do
		[ "$count" != 0 ] || break
		XDG_STATE_HOME=$(mktemp -d "$work/state.XXXXXX")
		# shellcheck disable=SC2086
		read -r another _ < <("$bench/terminal" ${size/x/ } 0 "" "" 0 "$@")
		start=$(calc 1 "$another < $start ? $another : $start")
	done
	if [ "$count" != 0 ]; then
		row "$name at $size: start to frame" "$start ms" "$(to_base "$start" "$base_start")" "$first B"
		row "$name at $size: key to paint, p50" "$ms ms" "$(to_base "$ms" "$base_ms")" "$p99 ms p99; $bytes B and $pieces pieces a key; $(calc 1 "$rss / 1024") MiB"
	fi
	[ "$idle_s" = 0 ] || row "$name at $size: at rest for $idle_s s" "$idle B" "-" "$wakes wake-ups, $cpu_ms ms of processor time; $(calc 1 "$rss / 1024") MiB"
	echo "$frames $cpu_ms" >"$work/used"
}
