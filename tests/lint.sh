#!/bin/bash
# What the compiler does not check: layers, symbols, linked libraries, hardening, banned calls,
# state, sizes, complexity, layout. Prints "place: what is wrong [rule]" for each finding and
# exits 1 if there is one. Needs a finished `make all`; BUILD names the build folder.
#   tests/lint.sh [ROOT]    ROOT: the tree to look at, by default this one (lint_self.sh has others)
set -euo pipefail
cd "${1:-$(dirname "$0")/..}"
shopt -s nullglob
export LC_ALL=C.UTF-8

readonly build=${BUILD:-build}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
touch "$work/found"

# Print the findings on standard input, one a line, with the rule they break.
found() {
	sed "s|\$| [$1]|" | tee -a "$work/found"
}

mapfile -t sources < <(find core db tui tests -name '*.[ch]' 2>/dev/null | sort)
mapfile -t product < <(printf '%s\n' "${sources[@]}" | grep -v '^tests/' || true)
[ ${#sources[@]} -gt 0 ] || { echo "lint: no sources below $PWD" >&2; exit 2; }

# What was not built cannot be looked at, and must not pass for that. BUILD=none says that only
# sources are to be read.
if [ "$build" != none ] && [ ! -d "$build/obj" ]; then
	echo "lint: nothing is built in $build: run make all first" >&2
	exit 2
fi
check_built() {
	[ "$build" != none ] || return 0
	[ ! -f tui/cli/main.c ] || [ -f "$build/hublink" ] || echo "$build/hublink: is not built"
	[ ! -f core/engine/main.c ] || [ -f "$build/hublink-engine" ] ||
		echo "$build/hublink-engine: is not built"
}

# Copies to search in, line for line: without comments (text/), and without strings either (code/).
strip_sources() {
	perl -e '
		use File::Path; use File::Basename;
		my $work = shift;
		for my $name (@ARGV) {
			open(my $in, "<", $name) or die; local $/; my $all = <$in>;
			my $blank = sub { my $s = shift; $s =~ s/[^\n]//g; $s };
			my $string = qr/"(?:[^"\\\n]|\\.)*"|\x27(?:[^\x27\\\n]|\\.)*\x27/s;
			(my $text = $all) =~ s{($string)|/\*.*?\*/|//[^\n]*}{
				defined $1 ? $1 : $blank->($&) }gse;
			(my $code = $text) =~ s{^(\h*#\h*include[^\n]*)|$string}{
				defined $1 ? $1 : "\"\"" }gme;
			for ([text => $text], [code => $code]) {
				my $copy = "$work/$_->[0]/$name";
				mkpath(dirname($copy));
				open(my $out, ">", $copy) or die; print $out $_->[1];
			}
		}' "$work" "${sources[@]}"
}

# grep_in KIND PATTERN PATH...: matches as "file:line: text", never failing.
grep_in() {
	local kind=$1 pattern=$2
	shift 2
	(cd "$work/$kind" && grep -rnP -- "$pattern" "$@" 2>/dev/null | sed 's/:\s*/: /2') || true
}

# --- Who may include whom (README: the layers) ------------------------------------------------

# folder or file | what its own includes may begin with; the first row that fits counts.
readonly layers='
core/base/          core/base/
core/rules/         core/base/ core/rules/
core/store          core/base/ core/rules/ core/store
core/judge/         core/base/ core/rules/ core/judge/ core/store
core/engine/        core/base/ core/rules/ core/judge/ core/peers/ core/engine/ core/store
core/peers/         core/base/ core/rules/ core/peers/ core/store
db/                 core/base/ core/rules/ core/store db/
tui/console/        core/base/ core/rules/ core/judge/ core/store tui/
tui/cli/main.c      core/ db/db.h tui/
tui/cli/            core/ tui/
tui/                core/ tui/
tests/              core/ db/ tui/ tests/
'
# system header | where alone it may be included
readonly owners='
cjson/cJSON.h   core/base/json.c
sha2.h          core/base/random.c
sqlite3.h       db/ tests/
curl/curl.h     core/engine/ tests/
microhttpd.h    core/engine/ tests/
curses.h        tui/console/ tests/
ncurses.h       tui/console/ tests/
getopt.h        tui/cli/ core/engine/
cmocka.h        tests/
vterm.h         tests/
'

check_includes() {
	grep_in code '^\s*#\s*include' "${sources[@]}" |
		awk -v layers="$layers" -v owners="$owners" '
		function begins(path, prefixes, n, p, i) {
			n = split(prefixes, p, " ")
			for (i = 1; i <= n; i++)
				if (index(path, p[i]) == 1)
					return 1
			return 0
		}
		BEGIN {
			rows = split(layers, row, "\n")
			for (i = split(owners, line, "\n"); i > 0; i--)
				if (split(line[i], word, " ") > 1) {
					sub(/^[^ ]+ +/, "", line[i])
					owner[word[1]] = line[i]
				}
		}
		{
			split($0, place, ":")
			file = place[1]
			header = $0
			gsub(/.*include *["<]|[">].*/, "", header)
			where = file ":" place[2] ": "
			if ($0 ~ /</) {
				if (header in owner && !begins(file, owner[header]))
					print where "<" header "> belongs to " owner[header]
				next
			}
			for (i = 1; i <= rows; i++)
				if (split(row[i], word, " ") > 1 && begins(file, word[1])) {
					allowed = row[i]
					sub(/^[^ ]+ +/, "", allowed)
					if (!begins(header, allowed))
						print where word[1] " may not include " header
					next
				}
		}' | found layers
}

# --- What the objects and programs are made of ------------------------------------------------

# core/rules is pure: its objects need memory and string functions, each other and base, and of
# base nothing that reads a clock, the kernel or writes.
check_purity() {
	local objects=("$build"/obj/core/rules/*.o) base=("$build"/obj/core/base/*.o)
	[ ${#objects[@]} -gt 0 ] || return 0
	{
		nm --defined-only --format=just-symbols "${objects[@]}" "${base[@]}" |
			grep -vxE 'clock_(now|boot)_ms|log_.*|uuid_new|random_u64'
	} 2>/dev/null | sort -u >"$work/pure"
	nm -u -A "${objects[@]}" | sed 's/: *U / /' | while read -r object symbol; do
		grep -qxE '(mem|str)[a-z0-9]*|__(mem|str)[a-z0-9]*_chk|__stack_chk_fail|_GLOBAL_OFFSET_TABLE_|__isoc99_.*' \
			<<<"$symbol" && continue
		grep -qxF -- "$symbol" "$work/pure" && continue
		echo "${object%:}: core/rules uses $symbol"
	done | sort -u | found purity
}

# Below the screens no file calls another that, by whatever way, calls it back: each can be read
# after those it stands on. Two knots are meant: texts are made of variables, and two of those of
# texts; what ends an update of a lane can let another go.
check_circles() {
	local objects=("$build"/obj/core/*/*.o "$build"/obj/db/*.o)
	[ ${#objects[@]} -gt 0 ] || return 0
	nm -A --defined-only --extern-only "${objects[@]}" | sed 's/:[^ ]* [A-Z] / /' >"$work/defined"
	nm -A -u "${objects[@]}" | sed 's/: *U / /' >"$work/used"
	awk 'NR == FNR { file[$2] = $1; next } $2 in file && file[$2] != $1 { print $1, file[$2] }' \
		"$work/defined" "$work/used" |
		sed -E "s|$build/obj/([^ ]*)\\.o|\\1.c|g; s|core/rules/text_variables|core/rules/expand|g
			s/core\\/judge\\/(lane_end|severity)\\.c/core\\/judge\\/lane.c/g" |
		tsort 2>&1 >/dev/null | sed -n 's/^tsort: \([^-].*\)/\1: is part of a circle/p' | found circles || true
}

# program | the only libraries it may be linked with
readonly linked='
hublink         libncursesw libtinfo libsqlite3 libcjson libm libc
hublink-engine  libcurl libmicrohttpd libsqlite3 libcjson libm libc
'

check_libraries() {
	local program allowed library
	while read -r program allowed; do
		[ -n "$program" ] && [ -f "$build/$program" ] || continue
		readelf -dW "$build/$program" | sed -n 's/.*(NEEDED).*\[\(.*\)\.so.*/\1/p' |
			while read -r library; do
				[[ $library == ld-linux* || " $allowed " == *" ${library%-gnutls} "* ]] ||
					echo "$build/$program: is linked with $library"
			done
	done <<<"$linked" | found libraries
}

check_hardening() {
	local program
	for program in "$build"/hublink "$build"/hublink-engine; do
		[ -f "$program" ] || continue
		{ readelf -hldW "$program"; readelf -W --dyn-syms "$program"; } >"$work/elf"
		grep -q 'Flags:.*PIE' "$work/elf" || echo "$program: not position independent"
		grep -q 'Flags:.*NOW' "$work/elf" || echo "$program: binds lazily"
		grep -q 'GNU_RELRO' "$work/elf" || echo "$program: no RELRO"
		grep -q 'GNU_STACK.* RW ' "$work/elf" || echo "$program: the stack can be executed"
		! grep -qE '\((RPATH|RUNPATH)\)' "$work/elf" || echo "$program: has a library path"
		grep -q '_chk@' "$work/elf" || echo "$program: not compiled with _FORTIFY_SOURCE"
	done | found hardening
}

# The only variables that may change: log level, terminal, what a signal handler touches, and what
# SQLite's memory methods, which have no argument of ours, need to find.
check_state() {
	find "$build/obj" -name '*.o' ! -path '*/tests/*' -print0 2>/dev/null |
		xargs -0 -r objdump -t |
		awk '/file format/ { file = $1; sub(/:$/, "", file) }
			/ O \.(data|bss)[ \t]/ { print file ": variable " $NF }' |
		grep -vE '/(core/base/log|db/heap|tui/console/(term|term_input|rescue|canvas)|core/engine/[a-z_]*)\.o:' |
		found state || true
}

# --- What sources may say ---------------------------------------------------------------------

check_calls() {
	local unsafe='strcpy|strcat|strncpy|strncat|sprintf|vsprintf|gets|strtok|atoi|atol|atof'
	unsafe+='|localtime|gmtime|ctime|asctime|system|popen|sleep|usleep|alloca|s?rand|random'
	grep_in code "(?<![\\w.>])($unsafe)\\s*\\(" "${sources[@]}" | found banned
	grep_in code '(?<![\w.>])(time|clock_gettime|gettimeofday|clock)\s*\(' "${sources[@]}" |
		grep -vE '^(core/base/clock\.c|tests/bench/)' | found clock || true
	# The console opens two files: the text that it hands to $EDITOR, and where its operator was.
	grep_in code '(?<![\w.>])(open|openat|creat|fopen|freopen)\s*\(' \
		core/rules core/judge core/peers tui/console |
		grep -vE '^tui/console/(editor|session)\.c' | found files || true
	grep_in code '(?<![\w.>])(v?printf|v?fprintf|puts|putchar|fputs|log_line)\s*\(' \
		core/rules core/judge core/peers db | found silent
	grep_in text '"\s*(SELECT|INSERT (INTO|OR)|UPDATE \w+ SET|DELETE FROM|CREATE (TABLE|INDEX)|PRAGMA|BEGIN IMMEDIATE)\b' \
		"${product[@]}" | grep -v '^db/' | found sql || true
	grep -nP '\b(TODO|FIXME|XXX)\b' "${sources[@]}" | found unfinished || true
	grep -rnE '/work/shared|DEVELOPERS' --include='*' core db tui tests packaging Makefile .ci \
		README.md 2>/dev/null | grep -v '^tests/lint\.sh' | found outside || true
	# Who reads a comment can open the page that it names.
	grep -noE '\b[A-Za-z_]+\.md\b' "${sources[@]}" /dev/null | while IFS=: read -r file line page; do
		[ -f "$page" ] || echo "$file:$line: there is no $page"
	done | found pages || true
}

check_sizes() {
	local functions
	mapfile -t functions < <(printf '%s\n' "${sources[@]}" | grep '\.c$')
	wc -l "${sources[@]}" | awk '$2 != "total" && $1 > 400 {
		print $2 ":401: " $1 " lines, at most 400" }' | found size
	pmccabe "${functions[@]}" 2>/dev/null | awk -F '\t' '
		$1 > 12 { print $6 ": complexity " $1 ", at most 12" }
		$5 > 60 { print $6 ": " $5 " lines, at most 60" }' |
		sed -E 's/^(.*)\(([0-9]+)\): (.*): (complexity|[0-9]+ lines)/\1:\2: \3: \4/' | found size
	# A table that clang-format leaves alone may be wider.
	perl -CSD -ne '$off = /clang-format off/ if /clang-format o/; s/\n//; 1 while s/\t/" " x (8 - length($`) % 8)/e;
		print "$ARGV:$.: ", length($_), " columns, at most 100\n" if length($_) > 100 && !$off;
		close(ARGV) if eof' "${sources[@]}" | found width
}

check_layout() {
	# shellcheck disable=SC2016  # $1 is the inner shell's
	printf '%s\n' "${sources[@]}" | xargs -n 1 -P "$(nproc)" sh -c '
		clang-format --dry-run --Werror "$1" 2>/dev/null ||
			echo "$1:1: not as make format lays it out"' layout | sort | found layout
}

strip_sources
check_built | found built
check_includes
check_purity
check_circles
check_libraries
check_hardening
check_state
check_calls
check_sizes
check_layout

count=$(wc -l <"$work/found")
if [ "$count" -gt 0 ]; then
	echo "lint: $count findings" >&2
	exit 1
fi
echo "lint: ${#sources[@]} files, nothing found"
