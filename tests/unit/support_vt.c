/* SPDX-License-Identifier: MIT */
#include "support_vt.h"

#include "core/utf8.h"

#include <poll.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utmp.h>

#define PATIENCE_MS 20000
#define SAY         "\x1b]2;" /* sets the title, up to a BEL */

static int on_property(VTermProp property, VTermValue *value, void *user)
{
	struct vt *v = user;

	if (property == VTERM_PROP_ALTSCREEN)
		v->alternate = value->boolean;
	if (property == VTERM_PROP_CURSORVISIBLE)
		v->cursor_visible = value->boolean;
	if (property == VTERM_PROP_MOUSE)
		v->mouse = value->number;
	return 1;
}

static int on_cursor(VTermPos to, VTermPos from, int visible, void *user)
{
	(void)from;
	(void)visible;
	((struct vt *)user)->cursor = to;
	return 1;
}

static const VTermScreenCallbacks callbacks = {.settermprop = on_property,
					       .movecursor = on_cursor};

void vt_say(const char *what)
{
	char buf[300];
	int n = snprintf(buf, sizeof buf, SAY "%s\a", what);

	if (write(STDOUT_FILENO, buf, (size_t)n) != n)
		_exit(9);
}

void vt_start(struct vt *v, const char *terminal, int rows, int cols, void (*scenario)(void))
{
	struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};
	int slave;

	memset(v, 0, sizeof *v);
	v->vt = vterm_new(rows, cols);
	vterm_set_utf8(v->vt, 1);
	v->screen = vterm_obtain_screen(v->vt);
	vterm_screen_enable_altscreen(v->screen, 1);
	vterm_screen_set_callbacks(v->screen, &callbacks, v);
	vterm_screen_reset(v->screen, 1);
	assert_int_equal(openpty(&v->master, &slave, NULL, NULL, &size), 0);
	v->child = fork();
	if (v->child == 0) {
		close(v->master);
		login_tty(slave);
		setenv("TERM", terminal, 1);
		setenv("LC_ALL", "C", 1); /* as in a bare container */
		unsetenv("LINES");
		unsetenv("COLUMNS");
		scenario();
		_exit(0);
	}
	close(slave);
}

static void feed(struct vt *v, size_t to)
{
	vterm_input_write(v->vt, v->bytes.p + v->fed, to - v->fed);
	v->fed = to;
	vterm_screen_flush_damage(v->screen);
}

/* Feeds what was read, up to where the child says this; true where it does. */
static bool feed_until(struct vt *v, const char *what)
{
	char mark[300];
	const char *at = NULL;

	if (!what)
		return false;
	snprintf(mark, sizeof mark, SAY "%s\a", what);
	if (v->bytes.len > v->fed)
		at = memmem(v->bytes.p + v->fed, v->bytes.len - v->fed, mark, strlen(mark));
	if (at)
		feed(v, (size_t)(at - v->bytes.p) + strlen(mark));
	return at != NULL;
}

/* The last thing that the child said, for messages. */
static const char *last_said(struct vt *v)
{
	const char *text = str_text(&v->bytes), *found = text;

	for (const char *p = text;
	     (p = memmem(p, v->bytes.len - (size_t)(p - text), SAY, strlen(SAY)));)
		found = p += strlen(SAY);
	return found;
}

/* Reads more; false where the child has gone. what: for the message if nothing comes. */
static bool read_more(struct vt *v, const char *what)
{
	struct pollfd fd = {v->master, POLLIN, 0};
	char buf[4096];
	ssize_t n;

	if (poll(&fd, 1, PATIENCE_MS) <= 0) {
		vt_print(v);
		fail_msg("waited for \"%s\"; last came: %s", what, last_said(v));
	}
	n = read(v->master, buf, sizeof buf);
	if (n > 0)
		str_add(&v->bytes, buf, (size_t)n);
	return n > 0;
}

void vt_wait(struct vt *v, const char *what)
{
	while (!feed_until(v, what))
		if (!read_more(v, what))
			fail_msg("the child ended before \"%s\"; last came: %s", what,
				 last_said(v));
}

void vt_wait_text(struct vt *v, const char *text)
{
	for (;;) {
		struct str all = STR_INIT;
		bool found;
		int rows, cols;

		feed(v, v->bytes.len);
		vterm_get_size(v->vt, &rows, &cols);
		for (int row = 0; row < rows; row++) {
			vt_row(v, row, &all);
			str_add_char(&all, '\n');
		}
		found = memmem(all.p, all.len, text, strlen(text)) != NULL;
		str_release(&all);
		if (found)
			return;
		if (!read_more(v, text)) {
			vt_print(v);
			fail_msg("the child ended before \"%s\" was on the screen", text);
		}
	}
}

void vt_send(struct vt *v, const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t n = write(v->master, bytes, len);

		assert_true(n > 0);
		bytes += n;
		len -= (size_t)n;
	}
}

void vt_type(struct vt *v, const char *text)
{
	vt_send(v, text, strlen(text));
}

int vt_finish(struct vt *v)
{
	int status;

	while (read_more(v, "the end"))
		;
	feed(v, v->bytes.len);
	assert_int_equal(waitpid(v->child, &status, 0), v->child);
	close(v->master);
	return status;
}

void vt_release(struct vt *v)
{
	vterm_free(v->vt);
	str_release(&v->bytes);
}

bool vt_sent(const struct vt *v, const char *bytes)
{
	return memmem(v->bytes.p, v->bytes.len, bytes, strlen(bytes)) != NULL;
}

void vt_row(struct vt *v, int row, struct str *out)
{
	int rows, cols;
	size_t from = out->len;

	vterm_get_size(v->vt, &rows, &cols);
	for (int col = 0; col < cols;) {
		VTermScreenCell got;
		char buf[4];

		vterm_screen_get_cell(v->screen, (VTermPos){row, col}, &got);
		if (!got.chars[0])
			str_add_char(out, ' ');
		for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && got.chars[i]; i++)
			str_add(out, buf, utf8_encode(got.chars[i], buf));
		col += got.width > 0 ? got.width : 1;
	}
	while (out->len > from && out->p[out->len - 1] == ' ')
		str_truncate(out, out->len - 1);
}

void vt_print(struct vt *v)
{
	int rows, cols;

	vterm_get_size(v->vt, &rows, &cols);
	for (int row = 0; row < rows; row++) {
		struct str line = STR_INIT;

		vt_row(v, row, &line);
		fprintf(stderr, "| %s\n", str_text(&line));
		str_release(&line);
	}
}
