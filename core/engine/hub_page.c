/* The stand-in's status page: whole on the server, so that any browser shows it; a few
 * lines of script exchange its content every second, and without script it reloads itself. */
#include <inttypes.h>

#include "core/base/clock.h"
#include "core/engine/hub_state.h"

enum { INCIDENTS_SHOWN = 50, SERVICES_SHOWN = 500 };

static const char head[] =
	"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
	"<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
	"<title>Status (stand-in)</title>"
	"<noscript><meta http-equiv=\"refresh\" content=\"2\"></noscript><style>"
	":root{color-scheme:light "
	"dark;--ink:#1c2430;--soft:#667085;--line:#d9dee6;--page:#f6f7f9;"
	"--card:#fff;--up:#12805c;--slow:#b76e00;--down:#c0262d}"
	"@media(prefers-color-scheme:dark){:root{--ink:#e6eaf0;--soft:#98a2b3;--line:#"
	"2c3542;"
	"--page:#11161d;--card:#18202a;--up:#3ecf8e;--slow:#f0b429;--down:#ff6b6b}}"
	"*{box-sizing:border-box}body{margin:0;background:var(--page);color:var(--ink);"
	"font:16px/1.5 system-ui,sans-serif}"
	".standin{background:#ffd866;color:#3a2c00;text-align:center;font-weight:600;"
	"padding:.4rem}"
	"main,footer{max-width:52rem;margin:0 auto;padding:1rem}"
	"h1{font-size:1.4rem;margin:.5rem 0 1rem}h2{font-size:1.05rem;margin:2rem 0 "
	".5rem}"
	"ul{list-style:none;margin:0;padding:0}"
	".card{background:var(--card);border:1px solid var(--line);border-radius:.5rem}"
	".services li{display:flex;justify-content:space-between;gap:1rem;padding:.6rem "
	"1rem;"
	"border-bottom:1px solid var(--line)}.services li:last-child{border:0}"
	".up{color:var(--up)}.degraded{color:var(--slow)}.down{color:var(--down)}"
	".status:before{content:\"\\25CF\\00A0\"}"
	".incident{padding:.8rem 1rem;margin:0 0 .8rem}"
	".incident "
	"h3{font-size:1rem;margin:0;display:flex;justify-content:space-between;gap:1rem}"
	".incident li{margin:.5rem 0 0;padding-left:.8rem;border-left:3px solid "
	"var(--line)}"
	".incident p{margin:0;white-space:pre-line;overflow-wrap:anywhere}"
	".soft{color:var(--soft);font-size:.85rem}"
	".state{font-weight:600;text-transform:capitalize}"
	"</style></head><body><div class=\"standin\">" HUB_STAND_IN
	"</div><main id=\"page\">";

static const char script[] =
	"<script>setInterval(async()=>{try{const t=await(await fetch('/')).text();"
	"const d=new DOMParser().parseFromString(t,'text/html').getElementById('page');"
	"document.getElementById('page').replaceWith(d)}catch(e){}},1000)</script>";

static void add_escaped(struct buf *ret, const char *text)
{
	static const struct {
		char c;
		const char *entity;
	} entities[] = {
		{ '&', "&amp;" },  { '<', "&lt;" },   { '>', "&gt;" },
		{ '"', "&quot;" }, { '\'', "&#39;" },
	};

	for (; *text != '\0'; text++) {
		size_t i = 0;
		while (i < COUNT_OF(entities) && entities[i].c != *text)
			i++;
		if (i < COUNT_OF(entities))
			buf_adds(ret, entities[i].entity);
		else
			buf_addc(ret, *text);
	}
}

static const struct {
	const char *class, *text;
} statuses[SERVICE_STATUS_COUNT] = {
	[SERVICE_OPERATIONAL] = { "up", "Service is operating normally" },
	[SERVICE_DEGRADED] = { "degraded", "Degraded performance" },
	[SERVICE_DISRUPTION] = { "down", "Service disruption" },
};

static void add_service_name(struct buf *ret, const struct hub_service *service)
{
	if (*service->name != '\0')
		add_escaped(ret, service->name);
	else
		buf_addf(ret, "Service %s", service->token);
}

static void add_service(struct buf *ret, const struct hub_service *service)
{
	buf_adds(ret, "<li><span>");
	add_service_name(ret, service);
	buf_addf(ret, "</span><span class=\"status %s\">%s</span></li>",
		 statuses[service->status].class, statuses[service->status].text);
}

/* Those that are not well first. */
static void add_services(struct buf *ret, const struct hub_state *state)
{
	size_t shown = 0;
	buf_adds(ret, "<ul class=\"services card\">");
	for (int well = 0; well < 2; well++) {
		for (size_t i = 0; i < state->service_count && shown < SERVICES_SHOWN;
		     i++) {
			bool is_well = state->services[i].status == SERVICE_OPERATIONAL;
			if (is_well == (well == 1)) {
				add_service(ret, &state->services[i]);
				shown++;
			}
		}
	}
	if (state->service_count == 0)
		buf_adds(ret, "<li class=\"soft\">No service has been updated yet.</li>");
	if (state->service_count > shown)
		buf_addf(ret, "<li class=\"soft\">and %zu more</li>",
			 state->service_count - shown);
	buf_adds(ret, "</ul>");
}

static void add_update(struct buf *ret, const struct hub_update *update)
{
	char at[TIME_TEXT_SIZE];
	buf_addf(ret, "<li><p><span class=\"state\">%s</span> – ",
		 incident_status_text(update->state));
	add_escaped(ret, update->description);
	buf_addf(ret, "</p><span class=\"soft\">%s</span></li>",
		 time_format_utc_seconds(at, update->at_ms));
}

static void add_incident(struct buf *ret, const struct hub_state *state,
			 const struct hub_incident *incident)
{
	buf_adds(ret, "<article class=\"incident card\"><h3><span>");
	add_escaped(ret, incident->updates[incident->count - 1].title);
	buf_addf(ret,
		 "</span><span class=\"state %s\">%s</span></h3><span class=\"soft\">",
		 incident_is_open(incident->state) ? "down" : "up",
		 incident_status_text(incident->state));
	add_service_name(ret, &state->services[incident->service]);
	buf_adds(ret, ", since ");
	add_escaped(ret, incident->start_time);
	buf_adds(ret, "</span><ul>");
	for (size_t i = incident->count; i > 0; i--)
		add_update(ret, &incident->updates[i - 1]);
	buf_adds(ret, "</ul></article>");
}

static void add_incidents(struct buf *ret, const struct hub_state *state)
{
	size_t shown = 0;
	buf_adds(ret, "<h2>Incidents</h2>");
	for (size_t i = state->incident_count; i > 0 && shown < INCIDENTS_SHOWN;
	     i--, shown++)
		add_incident(ret, state, &state->incidents[i - 1]);
	if (state->incident_count == 0)
		buf_adds(ret, "<p class=\"soft\">None.</p>");
	if (state->incident_count > shown)
		buf_addf(ret, "<p class=\"soft\">and %zu older ones</p>",
			 state->incident_count - shown);
}

static void add_counts(struct buf *ret, const struct hub_state *state,
		       const struct hub_behaviour *behaviour)
{
	buf_addf(ret,
		 "<p class=\"soft\">%" PRId64 " requests: %" PRId64 " taken, %" PRId64
		 " repeated, %" PRId64 " refused, %" PRId64 " failed on purpose, %" PRId64
		 " left without an answer.",
		 state->requests, state->accepted, state->duplicates, state->refused,
		 state->failed, state->dropped);
	if (behaviour->fail_percent > 0)
		buf_addf(ret, " Now %" PRId64 " %% are answered with %" PRId64 ".",
			 behaviour->fail_percent, behaviour->status);
	buf_adds(ret, "</p>");
}

void hub_state_add_page(const struct hub_state *state,
			const struct hub_behaviour *behaviour, struct buf *ret)
{
	size_t ill = 0;
	for (size_t i = 0; i < state->service_count; i++)
		ill += state->services[i].status != SERVICE_OPERATIONAL;

	buf_adds(ret, head);
	if (ill == 0)
		buf_adds(ret,
			 "<h1 class=\"up\">All services are operating normally</h1>");
	else
		buf_addf(ret, "<h1 class=\"down\">%zu of %zu services disrupted</h1>",
			 ill, state->service_count);
	add_services(ret, state);
	add_incidents(ret, state);
	add_counts(ret, state, behaviour);
	buf_addf(ret,
		 "</main><footer class=\"soft\">hublink hub – " HUB_STAND_IN
		 "</footer>%s</body></html>",
		 script);
}
