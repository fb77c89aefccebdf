#!/bin/bash
# What the tests have reached: tests/cover.sh BUILD, after they ran in a build with --coverage.
# The branches of each folder, those that are below what is wanted of it, the lines that no
# test comes to (cover/lines.txt, and here those of the folders of which something is wanted),
# and every line with its branches in cover/index.html.
set -euo pipefail
build=$1

# folder, and the part of its branches that tests have to take, in percent
wanted='core/base 0
core/rules 95
core/judge 0
core/peers 0
core/engine 85
db 85
tui/cli 0
tui/console 0'

mkdir -p cover
gcovr --root . --object-directory "$build" --filter 'core/' --filter 'db/' --filter 'tui/' \
	--exclude-unreachable-branches --exclude-throw-branches --gcov-ignore-parse-errors \
	--json cover/all.json --html-details cover/index.html
again=(gcovr --root . --add-tracefile cover/all.json)
"${again[@]}" --txt cover/lines.txt >/dev/null

printf '%-14s %10s %10s\n' folder lines branches
while read -r folder percent; do
	# A file of its own: gcovr deletes what it is to write first, and be it /dev/null.
	summary=$("${again[@]}" --filter "$folder/" --print-summary --txt cover/folder.txt)
	lines=$(sed -n 's/^lines: \([0-9.]*\)%.*/\1/p' <<<"$summary")
	branches=$(sed -n 's/^branches: \([0-9.]*\)%.*/\1/p' <<<"$summary")
	remark=
	if awk -v is="$branches" -v wants="$percent" 'BEGIN { exit !(is < wants) }'; then
		remark=" of $percent wanted"
	fi
	printf '%-14s %9s%% %9s%%%s\n' "$folder" "$lines" "$branches" "$remark"
done <<<"$wanted"
for folder in core/rules core/engine db; do
	echo
	echo "Lines of $folder that no test comes to:"
	"${again[@]}" --filter "$folder/" --txt - | sed -n 's/^\([^ ]*\.[ch]\) .*% *\([0-9].*\)/\1: \2/p'
done
