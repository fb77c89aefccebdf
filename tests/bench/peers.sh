#!/usr/bin/env bash
# hublink beside what people use today: Prometheus Alertmanager (one alert per group, group_wait 0s,
# group_interval 1s and 5m) and one curl process per webhook. Both are told of the same errors by
# tests/bench/feed over HTTP, and both tell the same receiver, tests/bench/sink, in the same run.
# Prints a table in Markdown, each row a ratio beside its goal; fails on nothing but errors.
#
#   tests/bench/peers.sh [NAME …]    only these parts; all: burst slow memory latency kill outage failing idle start
#                                    hanging curl
#
# A part that takes longer than PEERS_PART_SECONDS (300) is given up, and said to be.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

parts_of_all=(burst slow memory latency kill outage failing idle start hanging curl)
ticks=$(getconf CLK_TCK)
feeder_pid=
trap '[ -z "$feeder_pid" ] || kill "$feeder_pid"; stop_all; rm -rf "$work"' EXIT
peer= # hublink or alertmanager: what the functions below start, feed and watch

# ---- the two of them --------------------------------------------------------------------------

alertmanager_config() { # INTERVAL
	cat <<YAML
route:
  receiver: sink
  group_by: [monitor]
  group_wait: 0s
  group_interval: $1
  repeat_interval: 24h
receivers:
  - name: sink
    webhook_configs:
      - url: http://127.0.0.1:$port/hooks
        send_resolved: true
YAML
}

# prepare hublink COUNT | prepare alertmanager INTERVAL: what it needs before it can start; the
# receiver listens already.
prepare() {
	peer=$1
	address=127.0.0.1:$("$bench/feed" port)
	if [ "$peer" = hublink ]; then
		fresh "$2"
		BENCH_TOKEN=$(hublink token new bench 2>/dev/null)
		export BENCH_TOKEN
		events_url=http://$address/v1/events
		ready_url=http://$address/healthz
	else
		alertmanager_config "$2" >"$work/alertmanager.yml"
		storage=$work/alertmanager.$RANDOM$RANDOM
		events_url=http://$address/api/v2/alerts
		ready_url=http://$address/-/ready
	fi
}

# launch [IN_FLIGHT]: starts it; sets engine_pid.
launch() {
	if [ "$peer" = hublink ]; then
		hublink engine --listen "$address" --max-requests 0 --max-in-flight "${1:-64}" 2>>"$work/engine.log" &
	else
		prometheus-alertmanager --config.file="$work/alertmanager.yml" --storage.path="$storage" \
			--web.listen-address="$address" --cluster.listen-address= --log.level=error 2>>"$work/engine.log" &
	fi
	engine_pid=$!
}

ready() { "$bench/feed" ready "$ready_url" | awk '{ print $2 }'; }
feed() { "$bench/feed" "$peer" "$events_url" "$@"; }
end_with() { # SIGNAL
	kill "-$1" "$engine_pid" 2>/dev/null || true
	wait "$engine_pid" 2>/dev/null || true
	engine_pid=
}
cpu_s() { awk -v t="$ticks" '{ print ($14 + $15) / t }' "/proc/$engine_pid/stat"; }
peak_mb() { awk '/^VmHWM/ { printf "%.1f", $2 / 1024 }' "/proc/$engine_pid/status"; }

# arrived SECONDS: waits so long for all that the receiver expects; sets last_ns, or fails.
arrived() {
	local until_s=$((SECONDS + $1))
	until grep -q '^first' "$work/sink"; do
		((SECONDS < until_s)) || return 1
		sleep 0.02
	done
	last_ns=$(awk '/^first/ { print $4 }' "$work/sink")
}

quantile() { sort -n "$1" | awk -v q="$2" '{ v[NR] = $1 } END { i = int(NR * q + 0.999999); print v[i < 1 ? 1 : i] }'; }

# ---- the table --------------------------------------------------------------------------------

# put WHAT OURS THEIRS RATIO GOAL: GOAL is like "<= 0.2"; what cannot be measured is "-".
put() {
	local reached=no
	if [ "$4" = - ]; then
		reached="not measured"
	elif awk "BEGIN { exit !($4 $5) }"; then
		reached=yes
	fi
	printf '| %-58s | %14s | %22s | %9s | %8s | %s |\n' "$1" "$2" "$3" "$4" "${5/>=/≥}" "$reached" | sed 's/<=/≤/'
}

over() { # A B DIGITS: their ratio; "-" if one of them is none
	if [ "$1" = - ] || [ "${2:--}" = - ] || awk "BEGIN { exit !($2 == 0) }"; then
		echo -
	else
		calc "$3" "$1 / $2"
	fi
}

# ---- the parts --------------------------------------------------------------------------------

# storm COUNT LATENCY PREPARED IN_FLIGHT [SINK…]: COUNT errors in arrays of 500, until all have
# arrived; sets rate (updates/s), seconds, cpu_us (per update) and peak (MB); "-" if they have not.
storm() {
	local count=$1 latency=$2 prepared=$3 in_flight=$4 begin used
	shift 4
	start_sink "$latency" "$count" "$@"
	# shellcheck disable=SC2086
	prepare $prepared
	launch "$in_flight"
	ready >/dev/null
	used=$(cpu_s)
	begin=$(now_ns)
	rate=- seconds=- cpu_us=- peak=-
	feed "$count" batch=500
	if arrived 100; then
		seconds=$(calc 3 "($last_ns - $begin) / 1e9")
		rate=$(calc 0 "$count / $seconds")
		cpu_us=$(calc 0 "($(cpu_s) - $used) * 1e6 / $count")
		peak=$(peak_mb)
	fi
}

# most A B, least A B: "-" counts for nothing.
most() { printf '%s\n' "$@" | grep -v '^-$' | sort -n | tail -1 || true; }
least() { printf '%s\n' "$@" | grep -v '^-$' | sort -n | head -1 || true; }

part_burst() {
	local ours ours_cpu short long cpu_short cpu_long
	storm 10000 0 "hublink 10000" 64
	ours=$rate ours_cpu=$cpu_us
	stop_all
	storm 10000 0 "alertmanager 1s" 64
	short=$rate cpu_short=$cpu_us
	stop_all
	storm 10000 0 "alertmanager 5m" 64
	long=$rate cpu_long=$cpu_us
	stop_all
	put "burst of 10,000, receiver at 0 ms: updates/s" "$ours" "$short at 1s, $long at 5m" \
		"$(over "$ours" "$(most "$short" "$long")" 2)" ">= 3"
	put "processor time for an update: µs" "$ours_cpu" "$cpu_short at 1s, $cpu_long at 5m" \
		"$(over "$ours_cpu" "$(least "$cpu_short" "$cpu_long")" 2)" "<= 0.20"
}

part_slow() {
	local ours theirs
	storm 10000 50 "hublink 10000" 1024
	ours=$rate
	stop_all
	storm 10000 50 "alertmanager 5m" 64
	theirs=$rate
	stop_all
	put "burst of 10,000, receiver at 50 ms, 1,024 in flight" "$ours" "$theirs" "$(over "$ours" "$theirs" 2)" ">= 1.5"
}

part_memory() {
	local count ours goal
	for count in 10000 50000; do
		storm "$count" 0 "hublink $count" 64
		ours=$peak
		stop_all
		storm "$count" 0 "alertmanager 5m" 64
		[ "$count" = 10000 ] && goal="<= 0.10" || goal="<= 0.05"
		put "peak memory with $count open: MB" "$ours" "$peak" "$(over "$ours" "$peak" 3)" "$goal"
		stop_all
	done
}

# one_by_one COUNT FIRST: posts them 10 ms apart; milliseconds from post to arrival, in
# $work/latencies. The receiver says `each`.
one_by_one() {
	local until_s=$((SECONDS + 20))
	feed "$1" first="$2" pause=10 >"$work/posted"
	until [ "$(grep -c '^at' "$work/sink")" -ge "$(($1 + already))" ] || ((SECONDS >= until_s)); do sleep 0.05; done
	awk 'FNR == NR { at[$1 "-"] = $2; next } $1 == "at" && $3 in at { print ($2 - at[$3]) / 1e6 }' \
		"$work/posted" "$work/sink" >"$work/latencies"
}

# of_singles PREPARED: sets p50 and p99.
of_singles() {
	start_sink 0 1000 each
	# shellcheck disable=SC2086
	prepare $1
	launch
	ready >/dev/null
	already=0
	one_by_one 20 1 # the first ones load what the others find loaded
	already=20
	one_by_one 500 21
	p50=$(calc 2 "$(quantile "$work/latencies" 0.5)")
	p99=$(calc 2 "$(quantile "$work/latencies" 0.99)")
	stop_all
}

part_latency() {
	local ours50 ours99
	of_singles "hublink 1000"
	ours50=$p50 ours99=$p99
	of_singles "alertmanager 5m"
	put "one event, post to arrival: ms, p50" "$ours50" "$p50" "$(over "$ours50" "$p50" 2)" "<= 0.60"
	put "one event, post to arrival: ms, p99" "$ours99" "$p99" "$(over "$ours99" "$p99" 2)" "<= 0.60"
}

# compare: of what was acknowledged ($work/acknowledged) and came ($work/sink, each): sets lost and
# twice.
compare() {
	awk '{ print $1 "-" }' "$work/acknowledged" | sort -u >"$work/expected"
	awk '/^at/ { print $3 }' "$work/sink" | sort >"$work/came"
	lost=$(sort -u "$work/came" | comm -23 "$work/expected" - | wc -l)
	twice=$(uniq -d "$work/came" | wc -l)
}

# settle SECONDS: until all that was acknowledged has come, or so long.
settle() {
	local until_s=$((SECONDS + $1))
	compare
	until [ "$lost" = 0 ] || ((SECONDS >= until_s)); do
		sleep 0.5
		compare
	done
}

# killed PREPARED: 100 SIGKILLs at random instants after it is ready, while one event after the other is posted.
killed() {
	start_sink 20 500000 each
	# shellcheck disable=SC2086
	prepare $1
	launch
	ready >/dev/null
	"$bench/feed" "$peer" "$events_url" 20000 insist pause=1 >"$work/acknowledged" &
	feeder_pid=$!
	for _ in {1..100}; do
		sleep "0.$(printf '%03d' $((RANDOM % 150)))"
		end_with KILL
		launch
		ready >/dev/null
	done
	kill "$feeder_pid" 2>/dev/null || true
	wait "$feeder_pid" 2>/dev/null || true
	feeder_pid=
	settle 30
	acknowledged=$(wc -l <"$work/acknowledged")
	stop_all
}

part_kill() {
	local ours ours_of
	killed "hublink 20000"
	ours=$lost ours_of=$acknowledged
	local ours_twice=$twice
	killed "alertmanager 5m"
	put "acknowledged and lost over 100 SIGKILLs" "$ours of $ours_of" "$lost of $acknowledged" "$ours" "<= 0"
	put "  sent twice meanwhile, at 64 in flight" "$ours_twice" "$twice" "$(calc 2 "$ours_twice / 100")" "<= 64"
	repeated "hublink 2000"
	ours=$twice
	repeated "alertmanager 5m"
	put "sent twice, when all is told again after a kill" "$ours of 2000" "$twice of 2000" "$ours" "<= 64"
}

# repeated PREPARED: 2,000 errors, SIGKILL when half of them have come, and once more all of them,
# as a prober repeats what still fails.
repeated() {
	start_sink 20 500000 each
	# shellcheck disable=SC2086
	prepare $1
	launch
	ready >/dev/null
	seq -f '%05g 0' 1 2000 >"$work/acknowledged"
	feed 2000 batch=500
	local until_s=$((SECONDS + 20))
	until [ "$(grep -c '^at' "$work/sink")" -ge 1000 ] || ((SECONDS >= until_s)); do :; done
	end_with KILL
	launch
	ready >/dev/null
	feed 2000 batch=500
	settle 30
	sleep 2
	compare
	stop_all
}

# outage PREPARED: the receiver is away, 1,000 events come, the sender is restarted in order, the
# receiver is back.
outage() {
	start_sink 0 500000 each
	local away=$port
	# shellcheck disable=SC2086
	prepare $1
	launch
	ready >/dev/null
	kill "$sink_pid"
	wait "$sink_pid" 2>/dev/null || true
	feed 1000 >"$work/acknowledged"
	sleep 2
	end_with TERM
	start_sink 0 500000 each port="$away"
	launch
	ready >/dev/null
	settle 40
	stop_all
}

part_outage() {
	local ours
	outage "hublink 1000"
	ours=$lost
	outage "alertmanager 5m"
	put "acknowledged and lost over an outage with a restart" "$ours of 1000" "$lost of 1000" "$ours" "<= 0"
}

part_failing() {
	local ours ours_cpu
	storm 10000 0 "hublink 10000" 64 fail=20
	ours=$seconds ours_cpu=$cpu_us
	stop_all
	storm 10000 0 "alertmanager 5m" 64 fail=20
	put "20 % of answers are 500, 10,000: s to the last" "$ours" "$seconds" "$(over "$ours" "$seconds" 2)" "<= 0.5"
	put "  processor time for an update: µs" "$ours_cpu" "$cpu_us" "$(over "$ours_cpu" "$cpu_us" 2)" "<= 0.15"
	stop_all
}

# idling PREPARED: per cent of a core over 10 s, with 10,000 open.
idling() {
	local before
	storm 10000 0 "$1" 64
	sleep 5
	before=$(cpu_s)
	sleep 10
	idle=$(calc 2 "($(cpu_s) - $before) * 10")
	stop_all
}

part_idle() {
	local ours
	idling "hublink 10000"
	ours=$idle
	idling "alertmanager 1s"
	put "idle with 10,000 open: % of a core" "$ours" "$idle" "$(over "$ours" "$idle" 3)" "<= 0.01"
}

# ms_of COMMAND…: the median of 20 runs.
ms_of() {
	local begin
	for _ in {1..20}; do
		begin=$(now_ns)
		"$@" >/dev/null 2>&1 || true
		echo "$(($(now_ns) - begin))"
	done >"$work/runs"
	calc 2 "$(quantile "$work/runs" 0.5) / 1e6"
}

# started PREPARED: milliseconds to the first answer, the median of 20.
started() {
	local begin
	start_sink 0 500000
	# shellcheck disable=SC2086
	prepare $1
	for _ in {1..20}; do
		begin=$(now_ns)
		launch
		echo "$(($(ready) - begin))"
		end_with TERM
	done >"$work/starts"
	start_ms=$(calc 2 "$(quantile "$work/starts" 0.5) / 1e6")
	stop_all
}

listing() { amtool --alertmanager.url="http://$address" alert query | head -50; }

part_start() {
	local ours theirs status list
	started "hublink 200"
	ours=$start_ms
	started "alertmanager 5m"
	put "engine ready: ms" "$ours" "$start_ms" "$(over "$ours" "$start_ms" 2)" "<= 0.25"
	storm 1 0 "hublink 200" 64
	status=$(ms_of hublink status)
	stop_all
	storm 1 0 "alertmanager 5m" 64
	theirs=$(ms_of listing)
	stop_all
	put "a command's answer (status; amtool): ms" "$status" "$theirs" "$(over "$status" "$theirs" 2)" "<= 0.12"
	storm 10000 0 "hublink 10000" 64
	list=$(ms_of hublink list incidents --open --limit 50)
	stop_all
	storm 10000 0 "alertmanager 5m" 64
	theirs=$(ms_of listing)
	stop_all
	put "50 of 10,000 open listed: ms" "$list" "$theirs" "$(over "$list" "$theirs" 4)" "<= 0.008"
}

# hanging_p99 PREPARED HANG: p99 of the others while the first hangs, or none does.
hanging_p99() {
	start_sink 0 500000 each "$2"
	# shellcheck disable=SC2086
	prepare $1
	launch
	ready >/dev/null
	feed 1 >"$work/posted"
	already=0
	one_by_one 20 2
	already=20
	one_by_one 500 22
	p99=$(calc 2 "$(quantile "$work/latencies" 0.99)")
	stop_all
}

part_hanging() {
	local alone
	hanging_p99 "hublink 1000" hang=99999
	alone=$p99
	hanging_p99 "hublink 1000" hang=00001
	put "one receiver hangs: ms, p99 to the others; alone" "$p99" "$alone (itself)" "$(over "$p99" "$alone" 2)" "<= 1.2"
}

part_curl() {
	local begin curls ours
	storm 10000 0 "hublink 10000" 64
	ours=$rate
	stop_all
	start_sink 0 300
	begin=$(now_ns)
	for i in {1..300}; do
		curl -fsS -o /dev/null --json "{\"monitor\":\"Monitor $(printf '%05d' "$i")\",\"state\":\"investigating\"}" \
			"http://127.0.0.1:$port/hooks/uptrends?token=0123456789abcdef"
	done
	arrived 30
	curls=$(calc 0 "300e9 / ($last_ns - $begin)")
	stop_all
	put "one curl process for each webhook: updates/s" "$ours" "$curls (curl)" "$(over "$ours" "$curls" 0)" ">= 100"
}

# ---- all of it --------------------------------------------------------------------------------

if [ "${1:-}" = --part ]; then
	"part_$2"
	exit 0
fi
for program in prometheus-alertmanager amtool curl; do
	command -v "$program" >/dev/null || { echo "peers: $program is missing: .ci/deps peers" >&2; exit 1; }
done
parts=("$@")
printf '%s, %s processors, load %s; hublink %s, Alertmanager %s\n\n' "$(date +%F)" "$(nproc)" \
	"$(cut -d' ' -f1 /proc/loadavg)" "$(hublink version | awk '{ print $NF }')" \
	"$(prometheus-alertmanager --version 2>&1 | awk 'NR == 1 { print $3 }')"
echo "| what | hublink | Alertmanager | ratio | goal | reached |"
echo "|---|---:|---:|---:|---:|---|"
for part in "${parts_of_all[@]}"; do
	wanted "$part" || continue
	timeout --kill-after=10 "${PEERS_PART_SECONDS:-300}" "$0" --part "$part" ||
		put "$part: given up" - - - "-"
done
