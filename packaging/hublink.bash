# bash completion for hublink; made by `hublink help --format bash`.
_hublink()
{
<U+0009>local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
<U+0009>local line="${COMP_WORDS[*]:1:COMP_CWORD-1} " words
<U+0009>case "$line" in
<U+0009>"init "*) words="" ;;
<U+0009>"engine "*) words="--until-idle --max-in-flight " ;;
<U+0009>"event "*) words="error ok --at --id --message --unconfirmed --batch " ;;
<U+0009>"import "*) words="--dry-run --prune --secrets " ;;
<U+0009>"export "*) words="--with-secrets --secrets-only " ;;
<U+0009>"check "*) words="" ;;
<U+0009>"rename "*) words="monitor service integration definition " ;;
<U+0009>"service set-url "*) words="" ;;
<U+0009>"service find-url "*) words="- " ;;
<U+0009>"service "*) words="set-url find-url " ;;
<U+0009>"test "*) words="--integration --all --state --send --yes --connect --show-secrets " ;;
<U+0009>"simulate "*) words="--error-for --check-every --at " ;;
<U+0009>"explain "*) words="--at " ;;
<U+0009>"next "*) words="" ;;
<U+0009>"status "*) words="--watch --check " ;;
<U+0009>"list "*) words="monitors groups integrations services definitions links incidents alerts deliveries maintenance audit unmatched --open --state --service --monitor --incident --since --until --limit " ;;
<U+0009>"incident show "*) words="" ;;
<U+0009>"incident report "*) words="--format " ;;
<U+0009>"incident identify "*) words="--message " ;;
<U+0009>"incident note "*) words="--message " ;;
<U+0009>"incident resolve "*) words="--message --force --all-monitoring " ;;
<U+0009>"incident recover "*) words="--message --force " ;;
<U+0009>"incident detach "*) words="--message " ;;
<U+0009>"incident open "*) words="--message " ;;
<U+0009>"incident "*) words="show report identify note resolve recover detach open " ;;
<U+0009>"history "*) words="--since --until " ;;
<U+0009>"delivery show "*) words="" ;;
<U+0009>"delivery retry "*) words="--all-failed --all-waiting " ;;
<U+0009>"delivery cancel "*) words="" ;;
<U+0009>"delivery release "*) words="" ;;
<U+0009>"delivery "*) words="show retry cancel release " ;;
<U+0009>"resync "*) words="--all --dry-run " ;;
<U+0009>"mode "*) words="dry-run paused live --yes " ;;
<U+0009>"mute "*) words="--for --note " ;;
<U+0009>"maintenance add "*) words="--from --until --note " ;;
<U+0009>"maintenance extend "*) words="--until " ;;
<U+0009>"maintenance end "*) words="" ;;
<U+0009>"maintenance "*) words="add extend end " ;;
<U+0009>"hub "*) words="--listen --latency --fail --status --retry-after --drop --log " ;;
<U+0009>"backup "*) words="" ;;
<U+0009>"restore "*) words="" ;;
<U+0009>"migrate "*) words="--dry-run " ;;
<U+0009>"doctor "*) words="" ;;
<U+0009>"version "*) words="" ;;
<U+0009>"help "*) words="--format " ;;
<U+0009>*) words="init engine event import export check rename service test simulate explain next status list incident history delivery resync mode mute maintenance hub backup restore migrate doctor version help " ;;
<U+0009>esac
<U+0009>case "$before" in
<U+0009>--color) words="auto always never " ;;
<U+0009>--state) words="both disruption operational " ;;
<U+0009>--format) words="text markdown json " ;;
<U+0009>--format) words="man bash zsh fish readme " ;;
<U+0009>*) words="$words --db --json --read-only --because --color --help --version " ;;
<U+0009>esac
<U+0009>COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -F _hublink hublink
