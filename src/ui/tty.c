/* SPDX-License-Identifier: MIT */
#include "ui/tty.h"

#include "ui/tr.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

/* ---- Descriptors ---- */

int tty_open(struct tty *tty, struct error *err)
{
	int in, out;

	if (isatty(STDIN_FILENO) && isatty(STDOUT_FILENO)) {
		in = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
		out = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
		*tty = (struct tty){.in = in, .out = out};
	} else {
		in = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
		out = in < 0 ? -1 : fcntl(in, F_DUPFD_CLOEXEC, 3);
		*tty = (struct tty){.in = in, .out = out, .is_ours = true};
	}
	if (in >= 0 && out >= 0)
		return 0;
	tty_close(tty);
	return error_set(err, ST_FAIL,
			 _("there is no terminal here, which the workbench needs; the commands "
			   "work without one: adref help"));
}

void tty_close(struct tty *tty)
{
	if (tty->in >= 0)
		close(tty->in);
	if (tty->out >= 0)
		close(tty->out);
	tty->in = tty->out = -1;
}

bool tty_write(const struct tty *tty, const void *p, size_t len)
{
	const char *at = p;

	while (len > 0) {
		ssize_t n = write(tty->out, at, len);

		if (n < 0 && errno == EAGAIN) {
			struct pollfd fd = {tty->out, POLLOUT, 0};

			poll(&fd, 1, 1000);
			continue;
		}
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		at += n;
		len -= (size_t)n;
	}
	return true;
}

void tty_write_text(const struct tty *tty, const char *text)
{
	tty_write(tty, text, strlen(text));
}

bool tty_size(const struct tty *tty, int *rows, int *cols)
{
	struct winsize size;

	if (ioctl(tty->out, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0)
		return false;
	*rows = size.ws_row;
	*cols = size.ws_col;
	return true;
}

bool tty_erases_with_ctrl_h(const struct tty *tty)
{
	struct termios mode;

	return tcgetattr(tty->in, &mode) == 0 && mode.c_cc[VERASE] == '\b';
}

/* ---- Signals ---- */

static const int taken[] = {SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT, SIGWINCH,
			    SIGSEGV, SIGBUS, SIGFPE, SIGILL,  SIGABRT};

#define TAKEN (sizeof taken / sizeof *taken)

/* What handlers may touch. */
static struct {
	volatile sig_atomic_t end, stop, resumed, resized, lent;
	volatile sig_atomic_t wake; /* the pipe's writing end */
	int pipe[2];
	int out, in;
	const char *farewell;
	size_t farewell_len;
	struct termios mode; /* as the terminal was */
	bool has_mode, is_taken;
	struct sigaction before[TAKEN];
} signals = {.pipe = {-1, -1}};

static void wake(void)
{
	int saved = errno;

	if (signals.wake >= 0) {
		/* A full pipe wakes as well. */
		ssize_t n = write(signals.wake, "", 1);
		(void)n;
	}
	errno = saved;
}

static void on_signal(int signal)
{
	switch (signal) {
	case SIGTSTP:
		signals.stop = 1;
		break;
	case SIGCONT:
		signals.resumed = 1;
		break;
	case SIGWINCH:
		signals.resized = 1;
		break;
	case SIGINT:
		if (signals.lent)
			return;
		signals.end = 1;
		break;
	default:
		signals.end = 1;
	}
	wake();
}

/* The program has broken: leave a terminal that can be used, and let it die as it would have.
 */
static void on_crash(int signal)
{
	if (!signals.lent) {
		ssize_t n = write(signals.out, signals.farewell, signals.farewell_len);
		(void)n;
		if (signals.has_mode)
			tcsetattr(signals.in, TCSANOW, &signals.mode);
	}
	for (size_t i = 0; i < TAKEN; i++)
		if (taken[i] == signal)
			sigaction(signal, &signals.before[i], NULL);
	raise(signal);
}

static bool is_crash(int signal)
{
	return signal == SIGSEGV || signal == SIGBUS || signal == SIGFPE || signal == SIGILL ||
	       signal == SIGABRT;
}

void tty_farewell(const char *p, size_t len)
{
	signals.farewell = p;
	signals.farewell_len = len;
}

void tty_signals_take(const struct tty *tty)
{
	if (signals.is_taken)
		return;
	signals.end = signals.stop = signals.resumed = signals.resized = signals.lent = 0;
	signals.out = tty->out;
	signals.in = tty->in;
	tty_farewell("", 0);
	signals.has_mode = tcgetattr(tty->in, &signals.mode) == 0;
	if (pipe2(signals.pipe, O_CLOEXEC | O_NONBLOCK) != 0)
		signals.pipe[0] = signals.pipe[1] = -1;
	signals.wake = signals.pipe[1];
	for (size_t i = 0; i < TAKEN; i++) {
		struct sigaction action = {.sa_handler =
						   is_crash(taken[i]) ? on_crash : on_signal};

		sigemptyset(&action.sa_mask);
		action.sa_flags = SA_RESTART;
		sigaction(taken[i], &action, &signals.before[i]);
		/* What the caller was told to ignore (nohup) stays ignored. */
		if (signals.before[i].sa_handler == SIG_IGN && taken[i] == SIGHUP)
			sigaction(taken[i], &signals.before[i], NULL);
	}
	signals.is_taken = true;
}

void tty_signals_restore(void)
{
	if (!signals.is_taken)
		return;
	for (size_t i = 0; i < TAKEN; i++)
		sigaction(taken[i], &signals.before[i], NULL);
	signals.wake = -1;
	if (signals.pipe[0] >= 0) {
		close(signals.pipe[0]);
		close(signals.pipe[1]);
	}
	signals.pipe[0] = signals.pipe[1] = -1;
	signals.is_taken = false;
}

unsigned tty_signals(void)
{
	unsigned seen = 0;

	if (signals.end)
		seen |= TTY_END;
	if (signals.stop)
		seen |= TTY_STOP;
	if (signals.resumed)
		seen |= TTY_RESUMED;
	if (signals.resized)
		seen |= TTY_RESIZED;
	if (seen & TTY_END)
		signals.end = 0;
	if (seen & TTY_STOP)
		signals.stop = 0;
	if (seen & TTY_RESUMED)
		signals.resumed = 0;
	if (seen & TTY_RESIZED)
		signals.resized = 0;
	return seen;
}

void tty_lend(bool lent)
{
	signals.lent = lent;
}

void tty_stop_self(void)
{
	struct sigaction stop = {.sa_handler = SIG_DFL}, ours;

	sigemptyset(&stop.sa_mask);
	sigaction(SIGTSTP, &stop, &ours);
	/* The whole group: who started us (make, a script, git) is to stop as well. */
	kill(0, SIGTSTP);
	sigaction(SIGTSTP, &ours, NULL);
}

/* ---- Waiting and reading ---- */

unsigned tty_wait(const struct tty *tty, int extra_fd, int timeout_ms)
{
	struct pollfd fds[3] = {
		{tty->in, POLLIN, 0}, {signals.pipe[0], POLLIN, 0}, {extra_fd, POLLIN, 0}};
	int n = poll(fds, 3, timeout_ms);
	unsigned what = 0;
	char drain[64];

	if (n < 0)
		return errno == EINTR ? TTY_SIGNAL : TTY_GONE;
	if (fds[0].revents & POLLIN)
		what |= TTY_READABLE;
	else if (fds[0].revents & (POLLHUP | POLLERR | POLLNVAL))
		what |= TTY_GONE;
	if (fds[1].revents) {
		what |= TTY_SIGNAL;
		while (read(signals.pipe[0], drain, sizeof drain) > 0)
			;
	}
	if (fds[2].revents)
		what |= TTY_EXTRA;
	return what;
}

long tty_read(const struct tty *tty, char *buf, size_t cap)
{
	ssize_t n = read(tty->in, buf, cap);

	if (n > 0)
		return (long)n;
	return n < 0 && (errno == EINTR || errno == EAGAIN) ? 0 : -1;
}

int64_t tty_clock(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void tty_base64(struct str *out, const void *p, size_t len)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const unsigned char *at = p;

	str_reserve(out, len / 3 * 4 + 4);
	for (size_t i = 0; i < len; i += 3) {
		unsigned v = (unsigned)at[i] << 16;

		if (i + 1 < len)
			v |= (unsigned)at[i + 1] << 8;
		if (i + 2 < len)
			v |= at[i + 2];
		str_add_char(out, digits[v >> 18]);
		str_add_char(out, digits[v >> 12 & 63]);
		str_add_char(out, i + 1 < len ? digits[v >> 6 & 63] : '=');
		str_add_char(out, i + 2 < len ? digits[v & 63] : '=');
	}
}
