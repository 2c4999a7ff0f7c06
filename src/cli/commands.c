/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"

/* The table of subcommands, in the order of a newcomer's day. */

static const char *const point_words[] = {"add",   "alternatives", "bracket", "id",
					  "join",  "paragraphs",   "party",   "repair",
					  "split", "unbracket",    "unparty", NULL};

const struct command cli_commands[] = {
	{.name = "init",
	 .usage = "[--drivers | --no-drivers] [--yes] [FOLDER]",
	 .summary = N_("make a workspace: a repository with drafts/ and an example"),
	 .details = N_("With --drivers git merges and compares drafts as adref does (see "
		       "git-setup); at a terminal you are asked."),
	 .options = options_init,
	 .example = "adref init conference\nadref conference",
	 .max = 1,
	 .argument = ARG_FOLDER,
	 .run = cmd_init},
	{.name = "status",
	 .usage = "[--json] [DRAFT...]",
	 .summary = N_("list the drafts: open points, problems, words in brackets, texts, last "
		       "change"),
	 .example = "adref status\nadref status --json res-31",
	 .options = options_status,
	 .max = -1,
	 .argument = ARG_DRAFT,
	 .run = cmd_status},
	{.name = "edit",
	 .usage = "DRAFT",
	 .summary = N_("open a draft in the editor"),
	 .example = "adref edit res-31",
	 .options = options_edit,
	 .min = 1,
	 .max = 1,
	 .argument = ARG_DRAFT,
	 .run = cmd_edit},
	{.name = "chair",
	 .usage = "DRAFT",
	 .summary = N_("go through a draft's points and decide them"),
	 .example = "adref chair res-31",
	 .options = options_chair,
	 .min = 1,
	 .max = 1,
	 .argument = ARG_DRAFT,
	 .run = cmd_chair},
	{.name = "brackets",
	 .usage = "[--json | --count] DRAFT",
	 .summary = N_("list the points, problems and skipped brackets"),
	 .example = "adref brackets res-31\nadref brackets --json - <text.md",
	 .options = options_brackets,
	 .min = 1,
	 .max = 1,
	 .argument = ARG_DRAFT,
	 .run = cmd_brackets},
	{.name = "check",
	 .usage = "[--agreed] [--json] DRAFT...",
	 .summary = N_("report problems as file:line:column: text"),
	 .details = N_("Exit status 1 where there are problems; with --agreed also where a "
		       "point is open."),
	 .example = "adref check drafts/*.md\nadref check --agreed res-31",
	 .options = options_check,
	 .min = 1,
	 .max = -1,
	 .argument = ARG_DRAFT,
	 .run = cmd_check},
	{.name = "resolve",
	 .usage = "[--linked] [--text TEXT] [--reason TEXT] [--dry-run] DRAFT POINT CHOICE | "
		  "--choose POINT=CHOICE... DRAFT | --consensus [--yes] NAME",
	 .summary = N_("decide a point, or several"),
	 .details = N_("POINT is a number or an id. CHOICE is an option's number, 0 for no "
		       "text, all for all "
		       "paragraphs of a block, or text with the new wording in --text. A "
		       "draft's name is "
		       "committed, a path is edited in place, - goes to standard output. "
		       "With --choose: several points together, by the numbers they have "
		       "before the first of them is decided, or by ids; a commit each, and "
		       "each says which others there were. Where one of them cannot be "
		       "decided, nothing is. "
		       "With --consensus: lists the points on which at least two regions "
		       "spoke and all support or accept the same, asks, and decides them, a "
		       "commit each. A position given on an older wording counts for "
		       "nothing there; points put off stay."),
	 .example = "adref resolve res-31 5 2 --linked\nadref resolve res-31 b7 text --text "
		    "\"at least one\"\nadref resolve --choose 8=2,10=1 res-31\nadref resolve "
		    "--consensus res-31",
	 .options = options_resolve,
	 .many = "choose",
	 .min = 1,
	 .max = -1,
	 .argument = ARG_DRAFT,
	 .run = cmd_resolve},
	{.name = "undo",
	 .usage = "[--dry-run | --yes] DRAFT",
	 .summary = N_("undo the last decision on a draft, by a commit that says so"),
	 .details = N_("Where somebody else decided it, it says who, and at a terminal asks "
		       "first."),
	 .example = "adref undo res-31",
	 .options = options_undo,
	 .min = 1,
	 .max = 1,
	 .argument = ARG_DRAFT,
	 .run = cmd_undo},
	{.name = "point",
	 .usage = "ACTION DRAFT PLACE [ARGUMENT...]",
	 .summary = N_("change brackets: split, join, bracket, unbracket, add and others"),
	 .details = N_(
		 "bracket DRAFT LINE:COLUMN-LINE:COLUMN [TEXT]   put a stretch in brackets, "
		 "with TEXT "
		 "as the alternative\n"
		 "unbracket DRAFT POINT                         take brackets off, the text "
		 "stays\n"
		 "add DRAFT POINT TEXT [CODE...]                add an option, with who asks "
		 "for it\n"
		 "party DRAFT POINT OPTION CODE                 add a party to an option\n"
		 "unparty DRAFT POINT OPTION CODE               take a party from an option\n"
		 "split DRAFT POINT [BRACKET]                   make two points of a run, "
		 "before that "
		 "bracket\n"
		 "join DRAFT POINT                              make one point of it and the "
		 "next\n"
		 "repair DRAFT LINE:COLUMN [close|escape|remove] mend an unpaired bracket\n"
		 "alternatives DRAFT LINE-LINE                  make paragraphs alternatives\n"
		 "paragraphs DRAFT POINT                        make alternatives paragraphs "
		 "again\n"
		 "id DRAFT POINT                                give a point an id"),
	 .example = "adref point add res-31 5 \"at least two\" ARB\nadref point bracket res-31 "
		    "12:4-12:9",
	 .options = options_point,
	 .min = 3,
	 .max = -1,
	 .argument = ARG_DRAFT,
	 .words = point_words,
	 .run = cmd_point},
	{.name = "defer",
	 .usage = "[--until MEETING] [--back] DRAFT POINT [REASON]",
	 .summary = N_("put a point off, with a reason"),
	 .example = "adref defer --until IRM-3 res-31 5 \"wait for the budget\"\nadref defer "
		    "--back res-31 5",
	 .options = options_defer,
	 .min = 2,
	 .max = 3,
	 .argument = ARG_DRAFT,
	 .run = cmd_defer},
	{.name = "agree",
	 .usage = "[--back] DRAFT [PARAGRAPH]",
	 .summary = N_("note that a paragraph is agreed ad referendum"),
	 .details = N_("PARAGRAPH is a number, blank lines not counted. Without it, the agreed "
		       "and the reopened "
		       "paragraphs are listed."),
	 .example = "adref agree res-31 14\nadref agree res-31",
	 .options = options_agree,
	 .min = 1,
	 .max = 2,
	 .argument = ARG_DRAFT,
	 .run = cmd_agree},
	{.name = "replace",
	 .usage = "[--regex] [--case] [--words] [--bracket] [--dry-run] DRAFT OLD NEW",
	 .summary = N_("replace words across a draft, or put them in brackets as [old / new]"),
	 .example = "adref replace --bracket res-31 \"developing countries\" \"the least "
		    "developed countries\"",
	 .options = options_replace,
	 .min = 3,
	 .max = 3,
	 .argument = ARG_DRAFT,
	 .run = cmd_replace},
	{.name = "renumber",
	 .usage = "[--dry-run] DRAFT",
	 .summary = N_("number the clauses anew, and the references to them"),
	 .example = "adref renumber --dry-run res-31",
	 .options = options_renumber,
	 .min = 1,
	 .max = 1,
	 .argument = ARG_DRAFT,
	 .run = cmd_renumber},
	{.name = "commit",
	 .usage = "[--message TEXT] [--agreed WHERE] DRAFT",
	 .summary = N_("keep a draft's edits in the history"),
	 .details = N_(
		 "Without --message, one is proposed from what changed and used as it is. The "
		 "regions' texts of the draft (drafts/NAME/CODE.md) that are new or changed "
		 "go with it, in the same commit; NAME/CODE commits one of them alone."),
	 .example = "adref commit --message \"res-31: shorter recitals\" res-31\n"
		    "adref commit res-31/AFR",
	 .options = options_commit,
	 .min = 1,
	 .max = -1,
	 .argument = ARG_DRAFT,
	 .run = cmd_commit},
	{.name = "log",
	 .usage = "[OPTION...] [DRAFT]",
	 .summary = N_("list the versions of a draft, or of all, newest first"),
	 .details = N_("Each with its date, author and meeting, what was decided, and how many "
		       "points it opened, changed, resolved and reopened. Renames are "
		       "followed. A tag named as a meeting, the meeting that a decision names, "
		       "and meetings.yaml say which meeting it was. VERSION is a revision as "
		       "git's, or a meeting: the draft as it stood when the meeting ended. A "
		       "tag of that name comes first; else it is the last version that is of "
		       "the meeting, or the text at its end."),
	 .example = "adref log res-31\nadref log --party EUR --since 2026-06-01 res-31\n"
		    "adref log --from IRM-1 --to IRM-2 res-31\n"
		    "adref log --added \"at least one\" res-31",
	 .options = options_log,
	 .max = 1,
	 .argument = ARG_DRAFT,
	 .run = cmd_log},
	{.name = "life",
	 .usage = "[--open] [--json] DRAFT [POINT]",
	 .summary = N_("tell what became of a point: born, reworded, joined, resolved"),
	 .details = N_("POINT is its number now, its id, or words of it; @N is the Nth of the "
		       "list that is printed without POINT, of all points there ever were. "
		       "Each event is told with its version, author, meeting and document."),
	 .example = "adref life res-31 5\nadref life res-31 b3f2a\nadref life --json res-31",
	 .options = options_life,
	 .min = 1,
	 .max = 2,
	 .argument = ARG_DRAFT,
	 .run = cmd_life},
	{.name = "progress",
	 .usage = "[--versions] [--orphans K] [--svg | --csv | --json] DRAFT",
	 .summary = N_("chart the open points by meeting, and who holds them"),
	 .details = N_("Also named are points that nobody has spoken for in the last versions: "
		       "no position, no new option, no party that joined or left."),
	 .example = "adref progress res-31\nadref progress --svg res-31 >res-31.svg",
	 .options = options_progress,
	 .min = 1,
	 .max = 1,
	 .argument = ARG_DRAFT,
	 .run = cmd_progress},
	{.name = "restore",
	 .usage = "--from VERSION [--point POINT] [--dry-run] [--yes] DRAFT[#PARAGRAPH]",
	 .summary = N_("bring back a draft, a paragraph or a point as it was"),
	 .details = N_("What would change is shown first; then it is one new commit. PARAGRAPH "
		       "and POINT are as numbered in that version, or a point's id. VERSION is "
		       "a revision, or a meeting: the draft as it stood when that ended. A "
		       "draft that was deleted comes back too."),
	 .example = "adref restore --from IRM-1 res-31#14\nadref restore --from HEAD~3 --point "
		    "b3f2a res-31",
	 .options = options_restore,
	 .min = 1,
	 .max = 1,
	 .argument = ARG_DRAFT,
	 .run = cmd_restore},
	{.name = "blame",
	 .usage = "[--point POINT | --phrase PHRASE] [--json] DRAFT[:LINE[:COLUMN]]",
	 .summary = N_("show which version brought which words, and what was there before"),
	 .details =
		 N_("Of the whole draft, a line or a point: the version that brought each run "
		    "of words. Of one place (a column, a phrase): each version that changed "
		    "the words there, one before the other."),
	 .example = "adref blame res-31:14\nadref blame res-31:14:20\nadref blame --phrase "
		    "\"at least one\" res-31",
	 .options = options_blame,
	 .min = 1,
	 .max = 1,
	 .argument = ARG_DRAFT,
	 .run = cmd_blame},
	{.name = "audit",
	 .usage = "[--all] [--json] DRAFT OLD..NEW",
	 .summary = N_("list what changed between two versions without a decision"),
	 .details = N_(
		 "Each version from OLD to NEW (revisions, or meetings: as they ended) is "
		 "held against what its commit records. "
		 "In order are recorded decisions (made again on the version before and "
		 "compared to the byte), their undoing, renumbering, proposals (words that "
		 "came in brackets only), and agreed edits (\"adref commit --agreed\"). The "
		 "rest is listed: words that went, brackets that vanished, agreed text "
		 "that changed, settled words that a consolidation took back, and what a "
		 "merge left behind of another branch. Labels do "
		 "not count, nor do references that go with their clauses. A draft that was "
		 "renamed is followed: where a commit brings it and takes away one that is at "
		 "least half alike; or, however it was rewritten, one with the same symbol or "
		 "title that no other draft has, or with what stood beside it. Exit status "
		 "1 where something is listed."),
	 .example = "adref audit res-31 IRM-1..IRM-2\nadref audit --all res-31 HEAD~10..HEAD",
	 .options = options_audit,
	 .min = 2,
	 .max = 2,
	 .argument = ARG_DRAFT,
	 .run = cmd_audit},
	{.name = "diff",
	 .usage = "[--json] [--all] OLD NEW",
	 .summary = N_("show the words that differ between two texts"),
	 .details =
		 N_("OLD and NEW are drafts, paths, or VERSION:NAME for a draft as it was in a "
		    "revision, when a meeting ended, or on a day, as 2026-09-14; "
		    "between two versions of one draft, decisions are named beside the words "
		    "they changed. "
		    "Exit status 1 "
		    "where they differ."),
	 .example = "adref diff HEAD~3:res-31 res-31\n"
		    "adref diff IRM-1:res-31 IRM-2:res-31",
	 .options = options_diff,
	 .min = 2,
	 .max = 2,
	 .argument = ARG_DRAFT,
	 .run = cmd_diff},
	{.name = "compare",
	 .usage = "[--reference TEXT] [--columns LIST] [--only-differences] [--width COLUMNS] "
		  "[--json] NAME",
	 .summary = N_("the draft and the regions' texts side by side"),
	 .details = N_(
		 "A row is a paragraph; = is the same as the reference, {+ +} are words it "
		 "does not have, [- -] words it has alone. A tick is a wording that the draft "
		 "offers as that region's option already. Where columns would be too narrow "
		 "they stand under each other."),
	 .example =
		 "adref compare res-31\n"
		 "adref compare --reference base --columns AFR,ARB --only-differences res-31",
	 .options = options_compare,
	 .min = 1,
	 .max = 1,
	 .argument = ARG_DRAFT,
	 .run = cmd_compare},
	{.name = "overlap",
	 .usage = "[--map] [--width COLUMNS] [--json] [DRAFT...]",
	 .summary = N_("which drafts repeat each other, and what could be done about it"),
	 .details = N_(
		 "Compared are the words of whole paragraphs, whatever their labels, letters' "
		 "case and signs; headings, calls and what has fewer than six words do not "
		 "count. Each share is how much of that draft stands in the other one. "
		 "Suggested is to suppress a draft of which nearly all stands in another one, "
		 "to merge two that have much in common, or else to trim one of them. Without "
		 "a "
		 "name all drafts are compared, with one name that draft and all others."),
	 .example = "adref overlap --map\nadref overlap res-31 res-30",
	 .options = options_overlap,
	 .max = -1,
	 .argument = ARG_DRAFT,
	 .run = cmd_overlap},
	{.name = "consolidate",
	 .usage = "[--base FILE] [--output FILE] [--provenance FILE] NAME | CODE=FILE…",
	 .summary = N_("merge the texts of several parties into one draft"),
	 .details = N_("What is agreed stands clean; each difference is one point, with the "
		       "base's wording first and who wants each other one. NAME is a draft "
		       "whose texts stand in drafts/NAME/CODE.md; the result is committed, "
		       "and with it those of the texts that are not yet. With --base and "
		       "CODE=FILE it is printed."),
	 .example = "adref consolidate res-31\n"
		    "adref consolidate --base old.md AFR=afr.md EUR=eur.md --output new.md",
	 .options = options_consolidate,
	 .min = 1,
	 .max = -1,
	 .argument = ARG_DRAFT,
	 .run = cmd_consolidate},
	{.name = "merge-file",
	 .usage = "[--ours NAME] [--theirs NAME] [--stdout] BASE OURS THEIRS",
	 .summary = N_("merge two texts that started from one, word by word, into OURS"),
	 .details =
		 N_("What one side changed is taken; what both changed differently becomes a "
		    "point, the base's wording first. Changes side by side, with no word "
		    "between them that both left, are one point: whether they go together is "
		    "for you to say. A paragraph that one side takes out beside a new one of "
		    "the other stays, as a point. A side is named by a region's code or "
		    "alias, or by a branch that is called so; as git's merge driver adref "
		    "asks git. YAML files are merged by entry. Exit status 1 where there "
		    "are new points; if anything fails, OURS holds both texts as one point."),
	 .example = "adref merge-file --ours AFR --theirs EUR base.md afr.md eur.md\n"
		    "adref merge-file --stdout base.md a.md b.md",
	 .options = options_merge_file,
	 .min = 3,
	 .max = 3,
	 .argument = ARG_FILE,
	 .run = cmd_merge_file},
	{.name = "project",
	 .usage = "[--as CODE|base] [--choose POINT=CHOICE]... DRAFT",
	 .summary = N_("print the draft as one party wants it, or as choices would leave it"),
	 .details =
		 N_("With --choose, as the draft would read were these points decided so; "
		    "nothing is "
		    "written. POINT is a number or an id, CHOICE an option's number or 0 for "
		    "no text. "
		    "The other points stay in brackets, or, with --as, are as the party "
		    "wants them."),
	 .example = "adref project --as EUR res-31\nadref project --as base res-31\nadref "
		    "project --choose 5=2,6=0 res-31\nadref project --as AFR --choose b7=1 "
		    "res-31",
	 .options = options_project,
	 .many = "choose",
	 .min = 1,
	 .max = -1,
	 .argument = ARG_DRAFT,
	 .run = cmd_project},
	{.name = "positions",
	 .usage = "[--who] [--sort ORDER] [--json] NAME...",
	 .summary = N_("show who stands where: points by regions, each with its verdict"),
	 .details = N_("A verdict is consensus, near-consensus, deadlock, split or silent. A "
		       "position goes with its wording, also to another number; where no "
		       "option has the wording any more it is marked. ORDER is number, "
		       "easiest, hardest, linked or stale."),
	 .example = "adref positions res-31\nadref positions --who --sort easiest res-31",
	 .options = options_positions,
	 .min = 1,
	 .max = -1,
	 .argument = ARG_DRAFT,
	 .run = cmd_positions},
	{.name = "position",
	 .usage = "[--strength WORD] [--source DOCUMENT] [--meeting CODE] [--date DATE] "
		  "[--note TEXT] [--sign | --no-sign] NAME POINT CODE STANCE [OPTION]",
	 .summary = N_("record where a region stands on a point"),
	 .details = N_("STANCE is supports, accepts, opposes, reserves or none; OPTION is "
		       "the number of the option it is about, 0 for no text. POINT is a "
		       "number or an id; a point without an id gets one. The position is "
		       "committed to drafts/NAME/CODE.positions.yaml. With --remove, which "
		       "takes no STANCE, it is taken back. With --sign, or adref set sign on, "
		       "a signature by your ssh key is kept beside it: \"adref verify\" checks "
		       "it."),
	 .example = "adref position res-31 5 AFR supports 2 --strength red-line --source "
		    "AFCP/12/4\nadref position --remove res-31 5 AFR",
	 .options = options_position,
	 .min = 3,
	 .max = 5,
	 .argument = ARG_DRAFT,
	 .run = cmd_position},
	{.name = "agenda",
	 .usage = "[--json] [NAME...]",
	 .summary = N_("list what regions still have to discuss, in all drafts, hardest last"),
	 .details = N_("Points on which at least two regions spoke and not all agree, and "
		       "those whose consensus rests on an older wording. What all agree on is "
		       "for \"adref resolve --consensus\"; points put off and points on which "
		       "nobody or one region spoke are only counted."),
	 .example = "adref agenda\nadref agenda --json res-31",
	 .options = options_agenda,
	 .max = -1,
	 .argument = ARG_DRAFT,
	 .run = cmd_agenda},
	{.name = "report",
	 .usage = "[--format FORMAT] [--anonymous] [--output FILE] NAME...",
	 .summary =
		 N_("make a paper of the open points: options, positions, verdicts, a table"),
	 .details = N_("Markdown, HTML (one file) or CSV (a line a point). With --anonymous "
		       "it says how many stand where and not who, also where the draft's "
		       "brackets name them."),
	 .example = "adref report --output res-31.html res-31\nadref report --anonymous "
		    "--format csv res-31 >points.csv",
	 .options = options_report,
	 .min = 1,
	 .max = -1,
	 .argument = ARG_DRAFT,
	 .run = cmd_report},
	{.name = "import",
	 .usage = "[--name NAME | --output FILE] [--dry-run] [--yes] [--keep-lines] "
		  "[--track-changes accept|reject|brackets] FILE",
	 .summary = N_("make a draft of a text, docx, odt or html file"),
	 .details =
		 N_("Joins hard-wrapped lines and drops what converters leave behind, after "
		    "showing what "
		    "goes. docx, odt and html need pandoc. The changes that a .docx tracks are "
		    "counted by author, and taken as accepted unless --track-changes says "
		    "otherwise; with brackets each becomes an open point, of the party that "
		    "its author is called as: a code, alias or name of regions.yaml, or a "
		    "code or alias beside a person's name, as in \"Awa Diop (AFR)\" and "
		    "\"AFR: Awa Diop\"; else of nobody. Comments, page headers, charts and the "
		    "like are named when "
		    "they are left out. What a party wrote stands beside the "
		    "draft: --name NAME/CODE, of a draft there is."),
	 .example = "adref import --name res-31 proposal.docx\nadref import --name "
		    "res-31/AFR africa.docx\nadref import --track-changes brackets edited.docx",
	 .options = options_import,
	 .min = 1,
	 .max = 1,
	 .argument = ARG_FILE,
	 .run = cmd_import},
	{.name = "export",
	 .usage = "[--output FILE] [--format FORMAT] [--clean] [--since VERSION] [--force] "
		  "DRAFT",
	 .summary = N_("make a docx, odt, html or txt file of a draft"),
	 .details = N_(
		 "With --since, what changed since a version, since a meeting ended, or since "
		 "a day, as 2026-09-14, is marked: in a .docx as tracked changes, which Word "
		 "shows, accepts and rejects; in .html underlined and struck out."),
	 .example = "adref export --output res-31.docx res-31\nadref export --clean --format "
		    "html res-31\nadref export --since IRM-1 --output changes.docx res-31\n"
		    "adref export --since 2026-09-14 --output changes.html res-31",
	 .options = options_export,
	 .min = 1,
	 .max = 1,
	 .argument = ARG_DRAFT,
	 .run = cmd_export},
	{.name = "set",
	 .usage = "[--here] [KEY VALUE]",
	 .summary = N_("say who you are, which meeting is now, and how the screen should be"),
	 .details = N_("Keys: party, role (rapporteur, chair, secretariat, observer), meeting, "
		       "bidi (adref, "
		       "terminal, off), mouse (on, off), colours (auto, none, 8, 16, 256), "
		       "sign (off, on, positions, commits: what is signed with your ssh key), "
		       "signing-key (the path of that key; git's user.signingkey without it). "
		       "Without a key, all "
		       "are shown."),
	 .example = "adref set role chair\nadref set --here meeting IRM-2",
	 .options = options_set,
	 .max = 2,
	 .run = cmd_set},
	{.name = "verify",
	 .usage = "[--require WHAT] [--pin COMMIT] [--json | --pre-receive] [OLD..NEW]",
	 .summary = N_("check who signed the positions and decisions"),
	 .details =
		 N_("Every position that stands in NEW (HEAD), and every decision and change "
		    "of drafts/signers since OLD, is signed by a listed key, by a key that is "
		    "not listed for it, bad, unsigned, or cannot be checked. Exit status 1 "
		    "where one is anything but signed or unsigned, or is unsigned and "
		    "required. Names of authors count for nothing. Trust begins at the commit "
		    "that \"adref trust --signers\" was told: from there on the list changes "
		    "only by commits that a chair signed, and a position that stood there "
		    "unsigned is \"as found\" until it changes. OLD and NEW may be meetings; "
		    "their "
		    "versions are found by what authors and dates claim, so where it matters "
		    "name a commit. With --pre-receive it is git's hook in a shared "
		    "repository."),
	 .example = "adref verify\nadref verify --require positions IRM-1..HEAD",
	 .options = options_verify,
	 .many = "require",
	 .max = 1,
	 .run = cmd_verify},
	{.name = "trust",
	 .usage = "[--remove] [--signers [COMMIT]] | --add NAME [ROLE] KEY.pub",
	 .summary = N_("let this repository's hooks run, or no longer; vouch for its signers"),
	 .details = N_("Hooks are programs of whoever made the repository. adref runs none of "
		       "them before you "
		       "say so. With --signers you say that drafts/signers, as it is in COMMIT "
		       "(HEAD), is the right list; \"adref verify\" begins there. With --add a "
		       "line is written into that list: this key signs for that party, or as "
		       "chair or secretariat. It is yours to commit."),
	 .example = "adref trust\nadref trust --add AFR africa.pub\nadref trust --signers",
	 .options = options_trust,
	 .max = 2,
	 .run = cmd_trust},
	{.name = "sync",
	 .usage = "[--with ADDRESS]",
	 .summary = N_("share: fetch what others have, merge it, send what is here"),
	 .details = N_("Drafts are merged as merge-file does; new points are named. Nothing is "
		       "ever forced: what came too late is sent after another merge. What is "
		       "not committed stops it; so does ^C, where nothing is lost. In the "
		       "workbench: S on the Desk. With --with, once: the repository to share "
		       "with, a folder that all can reach or an address of git's."),
	 .example = "adref sync\nadref sync --with /shared/conference.git",
	 .options = options_sync,
	 .run = cmd_sync},
	{.name = "git-setup",
	 .usage = "[--remove]",
	 .summary = N_("let git merge and compare drafts word by word"),
	 .details = N_("Writes .gitattributes, which is committed for everyone, and the "
		       "repository's own configuration, which everyone sets up for "
		       "themselves. Then git merge gives points instead of conflict markers, "
		       "and git log -p shows words."),
	 .example = "adref git-setup\ngit merge EUR",
	 .options = options_git_setup,
	 .run = cmd_git_setup},
	{.name = "words",
	 .usage = "FILE",
	 .summary = N_("print a text a word a line, as git compares drafts"),
	 .example = "adref words drafts/res-31.md",
	 .min = 1,
	 .max = 1,
	 .argument = ARG_FILE,
	 .run = cmd_words},
	{.name = "help",
	 .usage = "[COMMAND | keys]",
	 .summary = N_("explain a command, or the keys of the workbench"),
	 .example = "adref help resolve\nadref help keys",
	 .options = options_help,
	 .max = -1,
	 .argument = ARG_COMMAND,
	 .run = cmd_help},
	{.name = "version",
	 .usage = "",
	 .summary = N_("print the versions of adref and its libraries"),
	 .example = "adref --version",
	 .run = cmd_version},
	{0},
};
