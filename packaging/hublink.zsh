#compdef hublink
# Made by `hublink help --format zsh`.
_hublink()
{
	local before=${words[CURRENT-1]} line="${words[2,CURRENT-1]} "
	local words
	case "$line" in
	"init "*) words="" ;;
	"engine "*) words="--until-idle --max-in-flight " ;;
	"event "*) words="error ok --at --id --message --unconfirmed --batch " ;;
	"import "*) words="--dry-run --prune --secrets " ;;
	"export "*) words="--with-secrets --secrets-only " ;;
	"check "*) words="" ;;
	"rename "*) words="monitor service integration definition " ;;
	"service set-url "*) words="" ;;
	"service find-url "*) words="- " ;;
	"service "*) words="set-url find-url " ;;
	"test "*) words="--integration --all --state --send --yes --connect --show-secrets " ;;
	"simulate "*) words="--error-for --check-every --at " ;;
	"explain "*) words="--at " ;;
	"next "*) words="" ;;
	"status "*) words="--watch --check " ;;
	"list "*) words="monitors groups integrations services definitions links incidents alerts deliveries maintenance audit unmatched --open --state --service --monitor --incident --since --until --limit " ;;
	"incident show "*) words="" ;;
	"incident report "*) words="--format " ;;
	"incident identify "*) words="--message " ;;
	"incident note "*) words="--message " ;;
	"incident resolve "*) words="--message --force --all-monitoring " ;;
	"incident recover "*) words="--message --force " ;;
	"incident detach "*) words="--message " ;;
	"incident open "*) words="--message " ;;
	"incident "*) words="show report identify note resolve recover detach open " ;;
	"history "*) words="--since --until " ;;
	"delivery show "*) words="" ;;
	"delivery retry "*) words="--all-failed --all-waiting " ;;
	"delivery cancel "*) words="" ;;
	"delivery release "*) words="" ;;
	"delivery "*) words="show retry cancel release " ;;
	"resync "*) words="--all --dry-run " ;;
	"mode "*) words="dry-run paused live --yes " ;;
	"mute "*) words="--for --note " ;;
	"maintenance add "*) words="--from --until --note " ;;
	"maintenance extend "*) words="--until " ;;
	"maintenance end "*) words="" ;;
	"maintenance "*) words="add extend end " ;;
	"hub "*) words="--listen --latency --fail --status --retry-after --drop --log " ;;
	"backup "*) words="" ;;
	"restore "*) words="" ;;
	"migrate "*) words="--dry-run " ;;
	"doctor "*) words="" ;;
	"version "*) words="" ;;
	"help "*) words="--format " ;;
	*) words="init engine event import export check rename service test simulate explain next status list incident history delivery resync mode mute maintenance hub backup restore migrate doctor version help " ;;
	esac
	case "$before" in
	--color) words="auto always never " ;;
	--state) words="both disruption operational " ;;
	--format) words="text markdown json " ;;
	--format) words="man bash zsh fish readme " ;;
	*) words="$words --db --json --read-only --because --color --help --version " ;;
	esac
	compadd -- ${=words}
	_files
}
_hublink "$@"
