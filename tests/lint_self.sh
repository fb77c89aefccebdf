#!/bin/bash
# Proves that the lint sees what it should: one small tree with one break of each rule that reads
# sources, and one tree with none. Prints what was missed; exits 1 if anything was.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
missed=0

# Start a tree anew, laid out as ours.
fresh() {
	rm -rf "${tree:?}"/*
	cp "$here/../.clang-format" "$tree"
	mkdir -p "$tree"/{core/base,core/rules,db,tui/console,tests}
	printf 'int twice(int x);\nint twice(int x)\n{\n\treturn 2 * x;\n}\n' >"$tree/core/base/good.c"
}

# expect RULE FILE TEXT: a tree with that file breaks that rule, there.
expect() {
	fresh
	printf '%b' "$3" >"$tree/$2"
	local said
	said=$(BUILD=none "$here/lint.sh" "$tree" 2>&1 || true)
	if ! grep -q "^$2:.*\[$1\]\$" <<<"$said"; then
		echo "lint: the rule $1 is blind to: ${3:0:60}" >&2
		missed=$((missed + 1))
	fi
}

fresh
BUILD=none "$here/lint.sh" "$tree" >/dev/null || { echo "lint: finds fault with a good tree"; missed=1; }

expect layers core/rules/x.c '#include "db/db.h"\n'
expect layers core/base/x.c '#include "core/rules/model.h"\n'
expect layers tui/console/x.c '#include <sqlite3.h>\n'
expect layers db/x.c '#include <curl/curl.h>\n'
expect banned db/x.c 'void f(char *a)\n{\n\tstrcpy(a, "b");\n}\n'
expect banned tests/x.c 'void f(void)\n{\n\tsleep(1);\n}\n'
expect clock core/rules/x.c 'long f(void)\n{\n\treturn time(0);\n}\n'
expect files core/rules/x.c 'void f(void)\n{\n\topen("a", 0);\n}\n'
expect silent db/x.c 'void f(void)\n{\n\tprintf("a");\n}\n'
expect sql core/rules/x.c 'const char *q = "SELECT a FROM b";\n'
expect unfinished db/x.c '/* TODO */\n'
expect pages db/x.c '/* As design.md has it. */\n'
expect width db/x.c "/* $(printf '%0100d' 0) */\n"
expect size db/x.c "$(printf 'int x;\\n%.0s' {1..401})"
expect size db/x.c "void f(void)\n{\n$(printf '\\tg();\\n%.0s' {1..60})}\n"
expect size db/x.c "void f(int x)\n{\n$(printf '\\tif (x)\\n\\t\\tg();\\n%.0s' {1..12})}\n"
expect layout db/x.c 'int  x;\n'

# What only objects tell: two files that call each other.
fresh
mkdir -p "$tree/build/obj/core/base" "$tree/build/obj/db"
for pair in a:b b:a; do
	printf 'int %s(void);\nint %s(void);\nint %s(void)\n{\n\treturn %s();\n}\n' \
		"${pair#*:}" "${pair%:*}" "${pair%:*}" "${pair#*:}" >"$tree/db/${pair%:*}.c"
	cc -c "$tree/db/${pair%:*}.c" -o "$tree/build/obj/db/${pair%:*}.o"
done
said=$(BUILD=build "$here/lint.sh" "$tree" 2>&1 || true)
grep -q '^db/[ab]\.c: is part of a circle \[circles\]$' <<<"$said" ||
	{ echo "lint: the rule circles is blind"; missed=1; }

[ "$missed" -eq 0 ] && echo "lint: its own test passes"
