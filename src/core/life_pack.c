/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "life_impl.h"

#include <stdlib.h>
#include <string.h>

/*
 * Everything as numbers of seven bits a byte, then the pool of texts as it is.
 * The numbers are differences where they grow, so most take one byte.
 */

static void put(struct str *out, uint64_t n)
{
	do {
		str_add_char(out, (char)((n & 0x7F) | (n > 0x7F ? 0x80 : 0)));
		n >>= 7;
	} while (n);
}

struct reader {
	const unsigned char *p, *end;
	bool bad;
};

static uint64_t get(struct reader *r)
{
	uint64_t n = 0;

	for (unsigned shift = 0; shift < 64 && r->p < r->end; shift += 7) {
		unsigned char c = *r->p++;

		n |= (uint64_t)(c & 0x7F) << shift;
		if (!(c & 0x80))
			return n;
	}
	r->bad = true;
	r->p = r->end;
	return 0;
}

/* A number below most, or LIFE_NONE, as put_index() wrote it. */
static void put_index(struct str *out, uint32_t i)
{
	put(out, i == LIFE_NONE ? 0 : (uint64_t)i + 1);
}

static uint32_t get_index(struct reader *r, size_t most)
{
	uint64_t n = get(r);

	if (n > most)
		r->bad = true;
	return n == 0 || r->bad ? LIFE_NONE : (uint32_t)(n - 1);
}

/* A stretch of the pool. */
static void get_text(struct reader *r, size_t pool, size_t *at, size_t *len)
{
	*at = (size_t)get(r);
	*len = (size_t)get(r);
	if (*at > pool || *len > pool - *at) {
		r->bad = true;
		*at = *len = 0;
	}
}

static void put_text(struct str *out, size_t at, size_t len)
{
	put(out, at);
	put(out, len);
}

static void pack_event(const struct life_event *e, struct str *out)
{
	put(out, (uint64_t)e->kind | (e->recorded ? 32 : 0));
	put(out, e->version);
	put(out, e->point);
	put_index(out, e->other);
	put(out, e->option);
	put(out, e->party == PARTY_NONE ? 0 : (uint64_t)e->party + 1);
	put(out, e->stance);
	put(out, e->strength);
	put(out, e->parties.w[0]);
	put(out, e->parties.w[1]);
	put_text(out, e->text, e->text_len);
	put_text(out, e->more, e->more_len);
}

static void unpack_event(struct life *l, struct reader *r, struct life_event *e, size_t i)
{
	uint64_t kind = get(r), party;

	*e = (struct life_event){.kind = (enum life_kind)(kind & 31), .recorded = kind & 32};
	e->version = (uint32_t)get(r);
	e->point = (uint32_t)get(r);
	e->other = get_index(r, l->n_points);
	e->option = (uint32_t)get(r);
	party = get(r);
	e->party = party && party <= UINT16_MAX ? (uint16_t)(party - 1) : PARTY_NONE;
	e->stance = (unsigned char)get(r);
	e->strength = (unsigned char)get(r);
	e->parties.w[0] = get(r);
	e->parties.w[1] = get(r);
	get_text(r, l->pool.len, &e->text, &e->text_len);
	get_text(r, l->pool.len, &e->more, &e->more_len);
	r->bad |= kind > 63 || e->kind >= LIFE_KINDS || e->version >= l->n_versions ||
		  e->point >= l->n_points || e->stance > STANCE_RESERVES ||
		  e->strength > STRENGTH_RED_LINE || (i && e->version < e[-1].version);
	if (r->bad)
		return;
	e->previous = l->points[e->point].last;
	l->points[e->point].last = (uint32_t)i;
}

static void pack_point(const struct life_point *p, struct str *out)
{
	put(out, p->state);
	put(out, p->born);
	put_index(out, p->ended);
	put_index(out, p->spoken);
	put(out, p->depth);
	put(out, p->n_versions);
	put(out, p->number);
	put(out, p->holders.w[0]);
	put(out, p->holders.w[1]);
	put_text(out, p->id, p->id_len);
	put_text(out, p->text, p->text_len);
	put(out, p->hash);
	put(out, p->before);
	put(out, p->after);
}

static void unpack_point(struct life *l, struct reader *r, struct life_point *p)
{
	uint64_t state = get(r);

	*p = (struct life_point){.last = LIFE_NONE, .chain = LIFE_NONE};
	p->state = (enum life_state)(state & 3);
	p->born = (uint32_t)get(r);
	p->ended = get_index(r, l->n_versions);
	p->spoken = get_index(r, l->n_versions);
	p->depth = (uint32_t)get(r);
	p->n_versions = (uint32_t)get(r);
	p->number = (uint32_t)get(r);
	p->holders.w[0] = get(r);
	p->holders.w[1] = get(r);
	get_text(r, l->pool.len, &p->id, &p->id_len);
	get_text(r, l->pool.len, &p->text, &p->text_len);
	p->hash = get(r);
	p->before = get(r);
	p->after = get(r);
	r->bad |= state > 3 || p->born >= l->n_versions;
}

/* ---- versions that are there ---- */

static void put_packed(const struct life_packed *v, struct str *out)
{
	put(out, v->version);
	put(out, v->text);
	put(out, v->n);
	for (size_t i = 0; i < v->n; i++)
		put(out, v->points[i]);
}

/* That one is not there now, but was. */
static bool is_waiting(const struct life *l, const struct life_packed *v)
{
	return !l->inner->versions[v->version].there;
}

static bool is_packed(const struct reading *r)
{
	return r->there && !r->gone;
}

static void pack_versions(const struct life *l, uint32_t from, struct str *out)
{
	const struct life_inner *in = l->inner;
	size_t n = 0;

	for (size_t i = from; i < in->n; i++)
		n += is_packed(&in->versions[i]);
	for (size_t i = 0; i < in->n_packed; i++)
		n += in->packed[i].version >= from && is_waiting(l, &in->packed[i]);
	put(out, n);
	for (size_t i = 0; i < in->n_packed; i++)
		if (in->packed[i].version >= from && is_waiting(l, &in->packed[i]))
			put_packed(&in->packed[i], out);
	for (size_t i = from; i < in->n; i++) {
		const struct reading *r = &in->versions[i];
		struct life_packed v = {.version = (uint32_t)i};

		if (!is_packed(r))
			continue;
		v.text = life_hash(r->text.p, r->text.len);
		v.points = mem_array(NULL, r->n + 1, sizeof(*v.points));
		for (; v.n < r->n; v.n++)
			v.points[v.n] = r->spots[v.n].point;
		put_packed(&v, out);
		free(v.points);
	}
}

static void unpack_versions(struct life *l, struct reader *r)
{
	struct life_inner *in = l->inner;
	uint64_t n = get(r);

	/* Each takes a byte at least, as its points do. */
	r->bad |= n > (uint64_t)(r->end - r->p);
	if (r->bad)
		return;
	in->packed = mem_zalloc(((size_t)n + 1) * sizeof(*in->packed));
	while (in->n_packed < n && !r->bad) {
		struct life_packed *v = &in->packed[in->n_packed++];
		uint64_t version = get(r), points;

		v->text = get(r);
		points = get(r);
		r->bad |= version >= l->n_versions || points > (uint64_t)(r->end - r->p);
		if (r->bad)
			return;
		v->version = (uint32_t)version;
		v->points = mem_array(NULL, (size_t)points + 1, sizeof(*v->points));
		for (; v->n < points; v->n++) {
			uint64_t point = get(r);

			r->bad |= point >= l->n_points;
			v->points[v->n] = (uint32_t)point;
		}
	}
}

bool life_give(struct life *l, uint32_t version, struct slice text,
	       const struct parties *parties)
{
	const struct life_packed *v = l->inner->packed, *end = v + l->inner->n_packed;
	struct reading *now = &l->inner->versions[version];

	while (v < end && v->version != version)
		v++;
	if (v == end || v->text != life_hash(text.p, text.len))
		return false;
	reading_release(now);
	reading_make(now, text, parties, NULL);
	if (now->n != v->n) {
		reading_release(now);
		return false;
	}
	for (size_t i = 0; i < now->n; i++)
		now->spots[i].point = v->points[i];
	return true;
}

/* ---- all of it ---- */

void life_pack(const struct life *l, uint32_t from, struct str *out)
{
	put(out, l->n_versions);
	put(out, l->n_points);
	put(out, l->n_events);
	put(out, l->pool.len);
	str_add_slice(out, str_slice(&l->pool));
	for (size_t i = 0; i < l->n_points; i++)
		pack_point(&l->points[i], out);
	for (size_t i = 0; i < l->n_events; i++)
		pack_event(&l->events[i], out);
	pack_versions(l, from, out);
}

bool life_unpack(struct life *l, struct slice bytes)
{
	struct reader r = {(const unsigned char *)bytes.p,
			   (const unsigned char *)bytes.p + bytes.len, false};
	uint64_t pool, n;

	life_init(l);
	l->n_versions = (size_t)get(&r);
	n = get(&r);
	l->n_points = (size_t)n;
	l->n_events = (size_t)get(&r);
	pool = get(&r);
	/* Each takes a byte at least: no number can ask for more room than there is. */
	if (r.bad || pool > (uint64_t)(r.end - r.p) || n > bytes.len ||
	    l->n_events > bytes.len || l->n_versions > (size_t)1 << 28) {
		l->n_points = l->n_events = 0;
		life_release(l);
		return false;
	}
	str_add(&l->pool, r.p, (size_t)pool);
	r.p += pool;
	l->cap_points = l->n_points;
	l->points = mem_zalloc((l->n_points + 1) * sizeof(*l->points));
	for (size_t i = 0; i < l->n_points && !r.bad; i++)
		unpack_point(l, &r, &l->points[i]);
	l->cap_events = l->n_events;
	l->events = mem_zalloc((l->n_events + 1) * sizeof(*l->events));
	for (size_t i = 0; i < l->n_events && !r.bad; i++)
		unpack_event(l, &r, &l->events[i], i);
	l->inner->n = l->inner->cap = l->n_versions;
	l->inner->versions = mem_zalloc((l->n_versions + 1) * sizeof(struct reading));
	if (!r.bad)
		unpack_versions(l, &r);
	if (r.bad || r.p != r.end) {
		life_release(l);
		return false;
	}
	life_index(l);
	return true;
}
