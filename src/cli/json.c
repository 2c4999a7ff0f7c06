/* SPDX-License-Identifier: MIT */
#include "cli/json.h"

#include "core/show.h"
#include "core/utf8.h"

#include <assert.h>

json_t *json_text(struct slice text)
{
	struct str clean = STR_INIT;
	json_t *value = json_stringn(text.p ? text.p : "", text.len);
	uint32_t cp;

	if (value)
		return value;
	for (size_t i = 0, n; i < text.len; i += n) {
		n = utf8_decode(text.p + i, text.len - i, &cp);
		if (cp == UTF8_BAD)
			str_add_text(&clean, "\xEF\xBF\xBD");
		else
			str_add(&clean, text.p + i, n);
	}
	value = json_stringn(str_text(&clean), clean.len);
	str_release(&clean);
	assert(value);
	return value;
}

json_t *json_words(const char *text)
{
	return text ? json_text(slice_of(text)) : json_null();
}

void json_set_place(json_t *object, const char *line, const char *column, struct place place)
{
	json_object_set_new(object, line, json_integer((json_int_t)place.line));
	json_object_set_new(object, column, json_integer((json_int_t)place.column));
}

static void add_escaped(struct str *out, uint32_t cp)
{
	if (cp >= 0x10000) {
		cp -= 0x10000;
		str_addf(out, "\\u%04X\\u%04X", (unsigned)(0xD800 + (cp >> 10)),
			 (unsigned)(0xDC00 + (cp & 0x3FF)));
	} else {
		str_addf(out, "\\u%04X", (unsigned)cp);
	}
}

static int collect(const char *p, size_t len, void *data)
{
	struct str *out = data;

	str_add(out, p, len);
	return 0;
}

void json_print(json_t *value, struct str *out)
{
	struct str raw = STR_INIT;
	size_t from = 0;
	uint32_t cp;
	char buf[16];

	json_dump_callback(value, collect, &raw, JSON_ENCODE_ANY);
	for (size_t i = 0, n; i < raw.len; i += n) {
		n = utf8_decode(raw.p + i, raw.len - i, &cp);
		if (n == 1 && cp != 0x7F)
			continue;
		if (!show_code_point(cp, 0, buf))
			continue;
		str_add(out, raw.p + from, i - from);
		add_escaped(out, cp);
		from = i + n;
	}
	str_add(out, raw.p + from, raw.len - from);
	str_add_char(out, '\n');
	str_release(&raw);
	json_decref(value);
}
