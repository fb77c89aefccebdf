#compdef hublink
# Made by `hublink help --format zsh`.
_hublink()
{
	local before=${words[CURRENT-1]} line="${words[2,CURRENT-1]} "
	local choices
	case "$line" in
	"init "*) choices="" ;;
	"engine "*) choices="--until-idle --max-in-flight --listen --max-requests --alertmanager-label " ;;
	"event "*) choices="error ok --at --id --message --unconfirmed --batch " ;;
	"import "*) choices="--dry-run --prune --secrets " ;;
	"export "*) choices="--with-secrets --secrets-only " ;;
	"check "*) choices="" ;;
	"rename "*) choices="monitor service integration definition " ;;
	"service set-url "*) choices="" ;;
	"service find-url "*) choices="- " ;;
	"service "*) choices="set-url find-url " ;;
	"test "*) choices="--integration --all --state --send --yes --connect --show-secrets " ;;
	"simulate "*) choices="--error-for --check-every --at " ;;
	"explain "*) choices="--at " ;;
	"probe "*) choices="" ;;
	"next "*) choices="" ;;
	"status "*) choices="--watch --check " ;;
	"list "*) choices="monitors groups integrations services definitions links incidents alerts deliveries maintenance audit unmatched --open --state --service --monitor --incident --since --until --limit " ;;
	"incident show "*) choices="" ;;
	"incident report "*) choices="--format " ;;
	"incident identify "*) choices="--message --force " ;;
	"incident note "*) choices="--message --force " ;;
	"incident resolve "*) choices="--message --force --all-monitoring " ;;
	"incident recover "*) choices="--message --force " ;;
	"incident detach "*) choices="--message --force " ;;
	"incident open "*) choices="--message " ;;
	"incident "*) choices="show report identify note resolve recover detach open " ;;
	"history "*) choices="--since --until " ;;
	"delivery show "*) choices="" ;;
	"delivery retry "*) choices="--all-failed --all-waiting " ;;
	"delivery cancel "*) choices="" ;;
	"delivery release "*) choices="" ;;
	"delivery "*) choices="show retry cancel release " ;;
	"resync "*) choices="--all --dry-run " ;;
	"mode "*) choices="dry-run paused live --yes " ;;
	"mute "*) choices="--for --note " ;;
	"maintenance add "*) choices="--from --until --every --days --zone --first --last --name --note " ;;
	"maintenance extend "*) choices="--until " ;;
	"maintenance end "*) choices="" ;;
	"maintenance pause "*) choices="" ;;
	"maintenance resume "*) choices="" ;;
	"maintenance delete "*) choices="" ;;
	"maintenance "*) choices="add extend end pause resume delete " ;;
	"keep "*) choices="events alerts incidents audit --yes " ;;
	"audit verify "*) choices="" ;;
	"audit export "*) choices="--since --until " ;;
	"audit "*) choices="verify export " ;;
	"token new "*) choices="" ;;
	"token list "*) choices="" ;;
	"token revoke "*) choices="" ;;
	"token "*) choices="new list revoke " ;;
	"unmatched adopt "*) choices="--as " ;;
	"unmatched "*) choices="adopt " ;;
	"uptrends account "*) choices="--url --zone --pause --forget " ;;
	"uptrends import "*) choices="--dry-run --services " ;;
	"uptrends follow "*) choices="on off --every " ;;
	"uptrends "*) choices="account import follow " ;;
	"hub "*) choices="--listen --latency --fail --status --retry-after --drop --log " ;;
	"backup "*) choices="" ;;
	"restore "*) choices="" ;;
	"migrate "*) choices="--dry-run " ;;
	"doctor "*) choices="" ;;
	"gate "*) choices="--as --role " ;;
	"version "*) choices="" ;;
	"help "*) choices="--format " ;;
	*) choices="init engine event import export check rename service test simulate explain probe next status list incident history delivery resync mode mute maintenance keep audit token unmatched uptrends hub backup restore migrate doctor gate version help " ;;
	esac
	case "$before" in
	--color) choices="auto always never " ;;
	--state) choices="both disruption operational " ;;
	--format) choices="text markdown json " ;;
	--every) choices="day week month " ;;
	--role) choices="viewer responder admin " ;;
	--format) choices="man document bash zsh fish readme keys " ;;
	*) choices="$choices --db --json --read-only --because --color --plain --help --version " ;;
	esac
	compadd -- ${=choices}
	_files
}
_hublink "$@"
