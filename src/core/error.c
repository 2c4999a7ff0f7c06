/* SPDX-License-Identifier: MIT */
#include "core/error.h"

#include "core/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char *(*speak)(const char *text);

void error_speak(const char *(*translate)(const char *text))
{
	speak = translate;
}

const char *error_word(const char *text)
{
	return speak && *text ? speak(text) : text;
}

/* Cuts at a character and keeps the text on one line. */
static void tidy(char *text, size_t size)
{
	size_t len = strlen(text);
	uint32_t cp;

	if (len == size - 1) {
		size_t last = utf8_decode_back(text, len, &cp);
		while (len && cp == UTF8_BAD) {
			len -= last;
			last = len ? utf8_decode_back(text, len, &cp) : 0;
		}
		text[len] = '\0';
	}
	for (char *c = text; *c; c++)
		if (*c == '\n' || *c == '\r')
			*c = ' ';
}

int error_set(struct error *err, enum status status, const char *format, ...)
{
	va_list ap;

	if (!err)
		return status;
	err->status = status;
	va_start(ap, format);
	vsnprintf(err->text, sizeof(err->text), error_word(format), ap);
	va_end(ap);
	tidy(err->text, sizeof(err->text));
	return status;
}

void error_prefix(struct error *err, const char *text)
{
	char old[sizeof(err->text)];

	if (!err)
		return;
	memcpy(old, err->text, sizeof(old));
	error_set(err, err->status, "%s: %s", text, old);
}
