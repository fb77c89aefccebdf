#include "tui/console/editor.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/text.h"
#include "tui/console/term.h"
#include "tui/files.h"

enum { WORDS_MAX = 16, PATH_BYTES = 512, TEXT_MAX = 1024 * 1024 };

/* A line that begins so is ours, and taken out again. */
static const char complaint[] = "#! hublink: ";

/* ---- the program ---- */

static const char *editor_command(void)
{
	static const char *const names[] = { "VISUAL", "EDITOR" };

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		const char *value = getenv(names[i]);
		if (value != NULL && *value != '\0')
			return value;
	}
	return "vi";
}

/* "vim -n" is two words; no shell reads them. line is cut into pieces. */
static void split_words(char *line, char *words[WORDS_MAX], const char *path)
{
	size_t count = 0;
	char *rest = NULL;

	for (char *word = strtok_r(line, " \t", &rest);
	     word != NULL && count < WORDS_MAX - 2; word = strtok_r(NULL, " \t", &rest))
		words[count++] = word;
	words[count++] = (char *)(uintptr_t)path;
	words[count] = NULL;
}

static _Noreturn void become(char *const words[])
{
	sigset_t none;

	(void)sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
	(void)execvp(words[0], words);
	_exit(127);
}

/* An editor that stops takes the console with it, as one job: fg brings both back. */
static int wait_for(pid_t pid)
{
	int status = 0;

	for (;;) {
		pid_t got = waitpid(pid, &status, WUNTRACED);
		if (got < 0 && errno != EINTR)
			return -1;
		if (got == pid && WIFSTOPPED(status)) {
			(void)kill(0, SIGSTOP);
			(void)kill(pid, SIGCONT);
		} else if (got == pid) {
			return status;
		}
	}
}

static bool run(const char *path, struct err *err)
{
	char *line = mem_strdup(editor_command());
	char *words[WORDS_MAX];

	split_words(line, words, path);
	term_lend();
	pid_t pid = fork();
	if (pid == 0)
		become(words);
	int status = pid < 0 ? -1 : wait_for(pid);
	term_take_back();
	bool ran = status >= 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
	if (!ran)
		(void)fail(
			err, ERR_FAILED,
			"The editor '%.200s' failed; the text is as it was. Set EDITOR "
			"to another one",
			editor_command());
	free(line);
	return ran;
}

/* ---- the file ---- */

/* Opened by name each time: editors put a new file in the place of the old one. */
static bool write_text(const char *path, const char *text, const char *fault)
{
	DEFER(buf_done)
	struct buf all = BUF_INIT(2 * TEXT_MAX);
	int fd = open(path, O_WRONLY | O_TRUNC | O_NOFOLLOW | O_CLOEXEC);

	if (fd < 0)
		return false;
	if (fault[0] != '\0')
		buf_addf(&all, "%s%s\n", complaint, fault);
	buf_addf(&all, "%s\n", text);
	bool written = files_put(fd, buf_text(&all), all.len);
	return close(fd) == 0 && written;
}

static bool read_all(const char *path, struct buf *ret)
{
	struct err unsaid;
	FILE *file = files_open(path, &unsaid);

	if (file == NULL)
		return false;
	bool taken = files_take(file, path, ret, &unsaid);
	(void)fclose(file);
	return taken && strlen(buf_text(ret)) == ret->len;
}

/* Without our complaint on top and the newline that editors put at the end. */
static const char *own_text(struct buf *text)
{
	while (text->len > 0 && text->data[text->len - 1] == '\n')
		text->data[--text->len] = '\0';
	const char *begin = buf_text(text);
	while (text_starts_with(begin, complaint)) {
		begin += strcspn(begin, "\n");
		begin += *begin == '\n';
	}
	return begin;
}

static bool make_file(char path[PATH_BYTES], struct err *err)
{
	const char *folder = getenv("TMPDIR");

	(void)snprintf(path, PATH_BYTES, "%s/hublink-XXXXXX",
		       folder != NULL && *folder == '/' ? folder : "/tmp");
	int fd = mkostemp(path, O_CLOEXEC);
	if (fd < 0)
		return fail(err, ERR_FAILED, "%s cannot be made for the editor: %s", path,
			    strerror(errno));
	(void)close(fd);
	return true;
}

/* One turn: out, edited, back. *ret_same: the operator left the text as it was. */
static bool edit_once(struct form *form, const char *path, const char *fault,
		      bool *ret_same, struct err *err)
{
	struct form_field *f = form_focused(form);
	DEFER(buf_done)
	struct buf text = BUF_INIT(TEXT_MAX);

	if (!write_text(path, field_edit_text(&f->edit), fault))
		return fail(err, ERR_FAILED, "%s cannot be written: %s", path,
			    strerror(errno));
	if (!run(path, err))
		return false;
	if (!read_all(path, &text))
		return fail(err, ERR_INVALID,
			    "What the editor left cannot be read or is too long; the "
			    "text is as it was");
	const char *own = own_text(&text);
	*ret_same = text_equal(own, field_edit_text(&f->edit));
	if (!*ret_same)
		form_replace_text(form, own);
	return true;
}

bool editor_edit(struct form *form, struct err *err)
{
	char path[PATH_BYTES];
	bool same = false;
	bool edited = false;
	const char *fault = "";

	if (!make_file(path, err))
		return false;
	do {
		edited = edit_once(form, path, fault, &same, err);
		fault = form_focused(form)->fault;
	} while (edited && !same && fault[0] != '\0');
	(void)unlink(path);
	return edited;
}
