#!/usr/bin/env bash
# Speed and memory, each as a ratio to a bare loop measured in the same run. Fails on nothing but
# errors: a slow machine is not a broken program.
#
#   tests/bench/run.sh [NAME …]      only these parts: burst, h2, latency, store, sync, memory, page, start,
#                                  idle, listen, checks, uptrends, console, growth
set -euo pipefail
. "$(dirname "$0")/lib.sh"

# burst COUNT LATENCY IN_FLIGHT [ENV…]: seconds from the start of the batch to the last arrival.
burst() {
	local count=$1 latency=$2 in_flight=$3
	shift 3
	start_sink "$latency" "$count"
	fresh "$count"
	start_engine "$in_flight" "$@"
	local begin
	begin=$(now_ns)
	hublink event --batch "$work/events.jsonl" >"$work/batch.log" 2>&1
	seconds=$(calc 6 "($(delivered) - $begin) / 1e9")
}

bare_rate() { # COUNT: the best of three widths
	start_sink 0 500000
	local best=0 width rate
	for width in 32 64 128; do
		rate=$(calc 0 "$1 / $("$bench/bare_curl" "http://127.0.0.1:$port/hooks/uptrends?token=0000000000000001" "$1" "$width" | awk '{ print $2 }')")
		[ "$rate" -le "$best" ] || best=$rate
	done
	stop_all
	echo "$best"
}

# best_burst COUNT LATENCY IN_FLIGHT: seconds of the best of three.
best_burst() {
	local best=
	for _ in 1 2 3; do
		burst "$@"
		stop_all
		[ -n "$best" ] && [ "$(calc 0 "$best < $seconds")" = 1 ] || best=$seconds
	done
	seconds=$best
}

# burst_beside_bare COUNT IN_FLIGHT: the bare loop and a burst in turn, five times, for a host is
# faster and slower by the minute; sets rate, bare and ratio of the pair in the middle.
burst_beside_bare() {
	local pairs=
	for _ in 1 2 3 4 5; do
		bare=$(bare_rate 10000)
		burst "$1" 0 "$2"
		stop_all
		rate=$(calc 0 "$1 / $seconds")
		pairs+="$(calc 3 "$rate / $bare") $rate $bare"$'\n'
	done
	read -r ratio rate bare < <(sort -n <<<"${pairs%$'\n'}" | sed -n 3p)
}

bench_burst() {
	local bare count in_flight rate ratio allowed
	for count in 1000 10000; do
		for in_flight in 64 512 1024; do
			burst_beside_bare "$count" "$in_flight"
			row "burst of $count, receiver at 0 ms, $in_flight in flight" "$rate/s" "$(calc 2 "$ratio")" "of the bare loop, $bare/s: best of 32, 64, 128 handles; middle of 5 pairs"
			best_burst "$count" 50 "$in_flight"
			rate=$(calc 0 "$count / $seconds")
			allowed=$(calc 0 "$in_flight / 0.05")
			row "burst of $count, receiver at 50 ms, $in_flight in flight" "$rate/s" "$(calc 2 "$rate / $allowed")" "of what latency allows; best of 3"
		done
	done
}

# A local authority, a certificate for 127.0.0.1, and a library that makes the engine trust it:
# hublink trusts the system's authorities alone, and a bench does not add to those.
make_authority() {
	openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=bench -keyout "$work/key.pem" -out "$work/ca.pem" \
		-addext subjectAltName=IP:127.0.0.1 2>/dev/null
	cat >"$work/trust.c" <<'C'
#define _GNU_SOURCE
#include <curl/curl.h>
#include <dlfcn.h>
#include <stdlib.h>
CURL *curl_easy_init(void)
{
	CURL *(*real)(void) = (CURL * (*)(void)) dlsym(RTLD_NEXT, "curl_easy_init");
	CURL *easy = real();
	curl_easy_setopt(easy, CURLOPT_CAINFO, getenv("BENCH_CA"));
	return easy;
}
C
	"${CC:-cc}" -shared -fPIC -O1 -o "$work/trust.so" "$work/trust.c" -ldl
	export BENCH_CA=$work/ca.pem
}

# start_nginx PORT: TLS and HTTP/2 in front of the receiver; every request in access.log, with the
# number of its connection.
start_nginx() {
	cat >"$work/nginx.conf" <<NGINX
daemon off; pid $work/nginx.pid; error_log $work/nginx.log; worker_processes 1;
events { worker_connections 8192; }
http {
	log_format short '\$server_protocol \$connection';
	access_log $work/access.log short buffer=64k flush=1s;
	client_body_temp_path $work/body; proxy_temp_path $work/proxy; fastcgi_temp_path $work/fastcgi;
	uwsgi_temp_path $work/uwsgi; scgi_temp_path $work/scgi;
	upstream sink { server 127.0.0.1:$port; keepalive 256; keepalive_requests 1000000; }
	server {
		listen 127.0.0.1:$1 ssl http2;
		ssl_certificate $work/ca.pem; ssl_certificate_key $work/key.pem;
		keepalive_requests 1000000;
		location / { proxy_pass http://sink; proxy_http_version 1.1; proxy_set_header Connection ""; }
	}
}
NGINX
	rm -f "$work/access.log"
	nginx -p "$work" -c "$work/nginx.conf" -e "$work/nginx.log" &
	until curl -fsS --cacert "$BENCH_CA" -o /dev/null "https://127.0.0.1:$1/" -d '{}' 2>/dev/null; do sleep 0.02; done
}

# h2_burst IN_FLIGHT: updates/s of 10,000 through nginx; sets rate and connections.
h2_burst() {
	local begin front
	front=$("$bench/feed" port)
	start_sink 0 10000
	start_nginx "$front"
	port=$front scheme=https fresh 10000
	start_engine "$1" "LD_PRELOAD=$work/trust.so"
	begin=$(now_ns)
	hublink event --batch "$work/events.jsonl" >"$work/batch.log" 2>&1
	rate=$(calc 0 "10000 / (($(delivered) - $begin) / 1e9)")
	sleep 1.5 # for nginx's log
	connections=$(awk '$1 == "HTTP/2.0" { print $2 }' "$work/access.log" | sort -u | wc -l)
	kill "$(cat "$work/nginx.pid")"
	stop_all
}

# The same burst over TLS and HTTP/2, multiplexed on few connections.
bench_h2() {
	local front bare=0 width this in_flight
	command -v nginx >/dev/null || { echo "h2: nginx is missing (package nginx-light)" >&2; return; }
	make_authority
	front=$("$bench/feed" port)
	start_sink 0 500000
	start_nginx "$front"
	for width in 64 128 512; do
		this=$(calc 0 "10000 / $("$bench/bare_curl" "https://127.0.0.1:$front/hooks/uptrends?token=0000000000000001" 10000 "$width" | awk '{ print $2 }')")
		[ "$this" -le "$bare" ] || bare=$this
	done
	kill "$(cat "$work/nginx.pid")"
	stop_all
	row "bare libcurl-multi loop over HTTP/2 and TLS, best of 3 widths" "$bare/s" "1.00"
	for in_flight in 32 64; do
		h2_burst "$in_flight"
		row "burst of 10000 over HTTP/2 and TLS, $in_flight in flight" "$rate/s" "$(calc 2 "$rate / $bare")" "of the bare loop; $connections connections"
	done
}

bench_growth() { "$(dirname "$0")/growth.sh"; }
bench_console() { "$(dirname "$0")/console.sh"; }

bench_sync() {
	cat >"$work/slow_sync.c" <<'C'
#define _GNU_SOURCE
#include <dlfcn.h>
#include <time.h>
static int slow(const char *name, int fd)
{
	static const struct timespec five_ms = { 0, 5000000 };
	int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
	nanosleep(&five_ms, 0);
	return real(fd);
}
int fsync(int fd) { return slow("fsync", fd); }
int fdatasync(int fd) { return slow("fdatasync", fd); }
C
	"${CC:-cc}" -shared -fPIC -O1 -o "$work/slow_sync.so" "$work/slow_sync.c" -ldl
	burst 10000 0 64
	local normal=$seconds
	stop_all
	burst 10000 0 64 "LD_PRELOAD=$work/slow_sync.so"
	row "burst of 10000 with 5 ms added to every fsync" "$(calc 0 "10000 / $seconds")/s" "$(calc 2 "$normal / $seconds")" "of its normal rate"
	stop_all
}

bench_latency() {
	start_sink 0 200 each
	fresh 200
	start_engine 64
	"$bench/latency" "$HUBLINK_DB" 200 10 >"$work/sent"
	delivered >"$work/last"
	paste <(awk '/^at/ { print $2 }' "$work/sent") <(awk '/^at/ { print $2 }' "$work/sink") |
		awk '{ print ($2 - $1) / 1e6 }' | sort -n >"$work/latencies"
	row "one event, commit to arrival, p50" "$(sed -n 100p "$work/latencies") ms" "-"
	row "one event, commit to arrival, p99" "$(sed -n 198p "$work/latencies") ms" "-"
	stop_all
}

bench_store() {
	local begin ours bare
	port=1
	fresh 10000
	for _ in 1 2 3 4 5 6 7 8 9 10; do cat "$work/events.jsonl"; done >"$work/many.jsonl"
	begin=$(now_ns)
	hublink event --batch "$work/many.jsonl" >"$work/batch.log" 2>&1
	ours=$(calc 6 "($(now_ns) - $begin) / 1e9")
	bare=$("$bench/bare_sqlite" store "$work/bare.db" 100000 1000 | awk '{ print $2 }')
	row "100,000 events stored without sending" "$(calc 0 "100000 / $ours")/s" "$(calc 2 "$bare / $ours")" "of bare SQLite group commits"
}

bench_memory() {
	local count
	for count in 10000 50000; do
		burst "$count" 0 64
		row "engine with $count open incidents: resident, peak" "$(awk '/^VmRSS/ { print $2 / 1024 }' "/proc/$engine_pid/status") MB" \
			"$(awk '/^VmHWM/ { print $2 / 1024 }' "/proc/$engine_pid/status")" "MB peak"
		stop_all
	done
}

bench_page() {
	local ours bare
	port=1
	fresh 1
	ours=$("$bench/page" "$HUBLINK_DB" 1000000 | awk '{ print $2 }')
	bare=$("$bench/bare_sqlite" page "$work/bare_page.db" 1000000 | awk '{ print $2 }')
	row "a 50-row page out of 1,000,000 journal rows" "$(calc 0 "$ours * 1e6") us" "$(calc 2 "$ours / $bare")" "times bare SQLite"
}

# each COMMAND…: milliseconds per run, of 100.
each() {
	local begin
	begin=$(now_ns)
	for _ in {1..100}; do "$@" >/dev/null 2>&1; done
	calc 3 "($(now_ns) - $begin) / 1e8"
}

bench_start() {
	local shell
	port=1
	fresh 10
	shell=$(each sqlite3 "$HUBLINK_DB" 'SELECT count(*) FROM monitor')
	row "sqlite3 with one query, start to end" "$shell ms" "1.00"
	local command
	for command in status "list monitors" "list incidents" next mode "explain Monitor\ 00001" version; do
		local ours
		# shellcheck disable=SC2086
		ours=$(eval "each_ok hublink $command")
		row "hublink ${command//\\/}, start to end" "$ours ms" "$(calc 2 "$ours / $shell")" "times sqlite3"
	done
}
each_ok() { each bash_ok "$@"; }
bash_ok() { "$@" || true; }

bench_idle() {
	burst 10000 0 64
	sleep 3
	local before after
	before=$(awk '/^voluntary/ { print $2 }' "/proc/$engine_pid/status")
	sleep 10
	after=$(awk '/^voluntary/ { print $2 }' "/proc/$engine_pid/status")
	row "idle engine with 10000 open incidents, wake-ups in 10 s" "$((after - before))" "-"
	stop_all
}

# lua EVENTS: a script for wrk that posts so many events a request, as one object or an array.
lua() {
	cat <<LUA
local token = os.getenv("BENCH_TOKEN")
local sent = 0
request = function()
	local events = {}
	for i = 1, $1 do
		sent = sent + 1
		events[i] = string.format('{"monitor":"Monitor %05d","state":"%s"}',
			sent % 200 + 1, sent % 2 == 0 and "ok" or "error")
	end
	local body = table.concat(events, ",")
	return wrk.format("POST", "/v1/events", { ["Authorization"] = "Bearer " .. token,
		["Content-Type"] = "application/json" }, $1 > 1 and "[" .. body .. "]" or body)
end
LUA
}

# by_wrk CONNECTIONS EVENTS: sets rate (requests/s), p99 (as wrk writes it), failed.
by_wrk() {
	lua "$2" >"$work/post.lua"
	wrk -t1 "-c$1" -d10 --latency -s "$work/post.lua" "http://$listener" >"$work/wrk"
	rate=$(awk '/^Requests\/sec/ { print $2 }' "$work/wrk")
	p99=$(awk '$1 == "99%" { print $2 }' "$work/wrk")
	failed=$(awk '/Non-2xx/ { print $NF }' "$work/wrk")
}

# 20,000 durable events/s in arrays, 5,000 requests/s with a p99 of 20 ms: what is asked for.
bench_listen() {
	command -v wrk >/dev/null || { echo "listen: wrk is missing (package wrk)" >&2; return; }
	port=1
	fresh 200
	hublink mode paused >"$work/mode.log"
	BENCH_TOKEN=$(hublink token new bench 2>/dev/null)
	export BENCH_TOKEN
	hublink engine --listen 127.0.0.1:0 --max-requests 0 2>"$work/engine.log" &
	engine_pid=$!
	until listener=$(sed -n 's|.*Listening on http://||p' "$work/engine.log") && [ -n "$listener" ]; do :; done
	by_wrk 4 500
	row "listener, arrays of 500 events, durable" "$(calc 0 "$rate * 500")/s" "$(calc 2 "$rate * 500 / 20000")" "of what is asked for; ${failed:-0} refused"
	until hublink status --json | grep -q '"running":true' && [ "$(sqlite3 "$HUBLINK_DB" 'SELECT count(*) FROM pending')" = 0 ]; do sleep 0.5; done
	by_wrk 32 1
	row "listener, one event a request, 32 connections" "$rate/s" "$(calc 2 "$rate / 5000")" "of what is asked for; p99 $p99; ${failed:-0} refused"
	stop_all
}

# busy: clock ticks of the processor that the engine has used so far.
busy() { awk '{ print $14 + $15 }' "/proc/$engine_pid/stat"; }

checks_document() { # COUNT PORT
	awk -v n="$1" -v port="$2" 'BEGIN {
		printf "{\"hublink\":1,\"monitors\":["
		for (i = 1; i <= n; i++)
			printf "%s{\"name\":\"Monitor %05d\",\"check\":{\"type\":\"http\",\"target\":\"http://127.0.0.1:%d/targets/t\",\"every\":\"1m\"}}", (i > 1 ? "," : ""), i, port
		print "]}"
	}'
}

# scrape NAME: a value of the engine's metrics; with LABELS the sample that has them.
scrape() { curl -fsS -H "Authorization: Bearer $token" "http://$listener/metrics" | awk -v n="$1" '$1 == n { print $2 }'; }

# 10,000 HTTP checks a minute at 15 % of one core and in 64 MiB, none late by more than a second: what is
# asked for. BENCH_SECONDS: how long it is measured, after the first minute.
bench_checks() {
	local seconds=${BENCH_SECONDS:-60} token late worst=0 before made end
	hublink hub >"$work/sink" &
	sink_pid=$!
	until port=$(sed -n 's|^listening on http://127.0.0.1:||p' "$work/sink") && [ -n "$port" ]; do :; done
	export HUBLINK_DB=$work/checks.db
	checks_document 10000 "$port" >"$work/document.json"
	hublink import "$work/document.json" >"$work/import.log" 2>&1
	token=$(hublink token new bench 2>/dev/null)
	hublink engine --listen 127.0.0.1:0 2>"$work/engine.log" &
	engine_pid=$!
	until listener=$(sed -n 's|.*Listening on http://||p' "$work/engine.log") && [ -n "$listener" ]; do :; done
	sleep 62
	scrape hublink_check_overdue_seconds >/dev/null
	made=$(scrape 'hublink_checks_total{outcome="ok"}')
	before=$(busy)
	end=$((SECONDS + seconds))
	while ((SECONDS < end)); do
		sleep 5
		late=$(scrape hublink_check_overdue_seconds)
		worst=$(calc 3 "($late > $worst ? $late : $worst)")
	done
	made=$(($(scrape 'hublink_checks_total{outcome="ok"}') - made))
	row "HTTP checks of 10,000 monitors, over $seconds s" "$(calc 0 "$made * 60 / $seconds")/min" "$(calc 2 "$made * 60 / $seconds / 10000")" "of what is asked for"
	row "  processor time of the engine" "$(calc 1 "($(busy) - $before) / $(getconf CLK_TCK) / $seconds * 100") %" "-" "of one core; 15 % is asked for"
	row "  resident, peak" "$(awk '/^VmRSS/ { print $2 / 1024 }' "/proc/$engine_pid/status") MB" "$(awk '/^VmHWM/ { print $2 / 1024 }' "/proc/$engine_pid/status")" "MB peak; 64 is asked for"
	row "  latest check after it was due" "$worst s" "-" "1 s is asked for"
	stop_all
}

# An import of 2,000 monitors and 300 definitions without a pause between questions, and again, when
# nothing differs: beside the second that politeness takes for each.
bench_uptrends() {
	local url begin questions imported=()
	export HUBLINK_DB=$work/uptrends.db
	hublink init >"$work/import.log"
	mkfifo "$work/open"
	"$bench/account" 2000 300 <"$work/open" >"$work/sink" &
	sink_pid=$!
	exec 9>"$work/open"
	until url=$(awk '/^url/ { print $2 }' "$work/sink") && [ -n "$url" ]; do :; done
	printf 'a:p"ss wörd' | hublink uptrends account 4f0c-api --url "$url" --zone utc --pause 0s >"$work/import.log"
	seq 0 299 | awk 'BEGIN { printf "{" } { printf "%s\"00000003-0000-4000-8000-%012x\": {\"name\": \"Service %04d\", \"url\": \"http://127.0.0.1:1/hooks/uptrends?token=%016d\"}", (NR > 1 ? "," : ""), $1, $1, $1 } END { print "}" }' >"$work/services.json"
	for _ in first second; do
		begin=$(now_ns)
		hublink uptrends import --services "$work/services.json" >"$work/import.log" 2>&1
		imported+=("$(calc 2 "($(now_ns) - $begin) / 1e9")")
	done
	exec 9>&-
	wait "$sink_pid"
	questions=$(awk '/^questions/ { print $2 / 2 }' "$work/sink")
	row "Uptrends import, 2,000 monitors, 300 definitions" "${imported[0]} s" "$(calc 4 "${imported[0]} / $questions")" "of a second for each of $questions questions"
	row "  again, nothing differs" "${imported[1]} s" "$(calc 4 "${imported[1]} / $questions")" "of the same"
	stop_all
}

parts=("$@")
row "what" "measured" "ratio" ""
for part in burst h2 latency store sync memory page start idle listen checks uptrends console growth; do
	wanted "$part" && "bench_$part"
done
exit 0
