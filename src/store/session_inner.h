/* SPDX-License-Identifier: MIT */
#ifndef STORE_SESSION_INNER_H
#define STORE_SESSION_INNER_H

#include "core/message.h"
#include "store/change.h"
#include "store/session.h"

/* What session's files share: who commits and when, and files with their commit. */

/* Who commits, and when. */
struct session_stamp {
	struct person author;
	int64_t time;
	int offset; /* minutes east of UTC */
};

/* Opens the repository too. Release the author. */
int session_stamp(struct session *s, struct session_stamp *stamp, struct error *err);
struct message_about session_about(const struct session *s, const char *name,
				   struct slice reason);

/* The key that signs commits, borrowed from s; NULL where the setting does not ask for it.
 * ST_MISSING: there is none; the words say what to do. */
int session_commit_key(struct session *s, const char **key, struct error *err);

/* A file beside or of a draft, as it is and as it is to be. */
struct session_file {
	struct str path;   /* absolute */
	struct str inside; /* repository path */
	struct str before, after;
	struct file_stamp stamp; /* of before */
};

/* Reads the file, which may be missing; after is a copy. Initialised also after a failure. */
int session_file_read(struct session *s, struct session_file *f, const char *path,
		      struct error *err);
void session_file_release(struct session_file *f);
/*
 * Writes those of the n files that change and commits them together: change_make(), whose
 * lock the caller holds since it read the files.
 */
int session_commit_files(struct session *s, struct session_file *files, size_t n,
			 struct slice message, struct commit_result *result, struct error *err);

/*
 * The regions' texts of a draft that are not in HEAD as they are, as files to be
 * committed; of a region's own text none. Initialised here, released always.
 */
struct session_texts {
	struct session_file *v;
	size_t n;
	struct str codes; /* whose they are: "AFR, EUR" */
};
int session_texts_read(struct session *s, const char *name, struct session_texts *t,
		       struct error *err);
void session_texts_release(struct session_texts *t);

/* What an edit is made of and HEAD does not have, for its commit. Initialised here, released
 * always; the bytes are borrowed from made_of. */
struct session_sources {
	struct change_file *v;
	char **paths;
	size_t n;
};
int session_sources_find(struct session *s, const struct side_texts *made_of,
			 struct session_sources *x, struct error *err);
void session_sources_release(struct session_sources *x);

/* Whether positions are signed. */
bool session_signs(const struct session *s);

/* A position that is being recorded, for its signature. */
struct session_signing_of {
	const char *name;           /* the draft's */
	const char *code;           /* the party's */
	const char *id;             /* the point's */
	struct slice yaml;          /* the positions file as it will be */
	const struct str *was;      /* and as it is */
	bool withdrawn;             /* it has none on this point */
	const char *wording;        /* the whole digest, or "" */
	bool same;                  /* nothing changes: a signature that is there stays */
	struct session_file *seals; /* CODE.signatures.yaml; its `after` is changed */
};

/* Signs it, where it is to be signed. ST_DENIED where it is not, and was. */
int session_sign(struct session *s, const struct session_signing_of *what, struct error *err);

#endif
