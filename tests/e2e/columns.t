# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/e2e/lib.sh"

# A draft with a base and three regions' texts.
regions() {
	mkdir -p drafts/res-1
	cat >drafts/res-1/base.md <<'EOT'
resolves

1)	to hold one meeting each year;

2)	to publish the results in all languages,
EOT
	{
		printf -- '---\nbase: drafts/res-1/base.md\n---\n\n'
		cat drafts/res-1/base.md
	} >drafts/res-1.md
	sed 's/one meeting/two meetings/' drafts/res-1/base.md >drafts/res-1/AFR.md
	sed 's/one meeting/three meetings/' drafts/res-1/base.md >drafts/res-1/ARB.md
	sed 's/in all languages/in English/' drafts/res-1/base.md >drafts/res-1/EUR.md
	git add -A && git commit -qm 'texts of three regions'
}

it 'goes from the texts of three regions to a consolidated draft, and back to each text'
repository
regions
open_screen 120x30 adref
see 'C consolidate'
keys C
see 'The texts of 3 regions give 2 open points'
keys y
see 'Consolidated; committed as'
keys v
see 'res-1 · columns'
see 'AFR · 1'
see '{+two meetings+}'
see '✓'
keys q
see 'C consolidate'
keys C
see 'is what the texts make of the base already'
keys q
ends 0
[ "$(git log -1 --format=%s)" = 'res-1: consolidate AFR, ARB, EUR' ] || fail 'no such commit'
expect_file_has drafts/res-1.md '[one meeting / AFR: two meetings / ARB: three meetings]'
expect_clean

it 'takes a wording, offers another, and opens the text of a region'
repository
regions
open_screen 80x24 adref
see 'v columns'
keys v
see 'draft · reference'
see '{+two meetings+}'
keys =
see 'res-1: ¶ 5 as AFR has it'
keys Enter
see 'Committed as'
keys Tab +
see "ARB's wording as an option"
keys Enter
see 'Committed as'
see '[two / ARB: three]'
keys e
see 'res-1/ARB'
typed 'X'
see 'unsaved'
keys C-k
see 'res-1/ARB: 1 paragraph changed'
keys Enter
see 'Committed as'
keys C-q
see '{+Xto+} hold'
keys q
see 'v columns'
keys q
ends 0
expect_clean
[ "$(git log -1 --format=%s)" = 'res-1/ARB: 1 paragraph changed (paragraph 2)' ] || fail 'the region'\''s text is not committed'
git show --stat --format= HEAD >files
expect_file_has files 'drafts/res-1/ARB.md'
[ "$(git log -3 --format=%s | tail -1)" = 'res-1: ¶ 5 as AFR has it' ] || fail 'no such commit'

it 'consolidates from the editor, and not over words that are not saved'
repository
regions
open_screen 80x24 adref edit res-1
see 'resolves'
keys x F10
typed 'consolidate'
keys Enter
see 'consolidate: this cannot be done now'
keys C-u
see ' resolves'
keys F10
typed 'consolidate'
keys Enter
see 'The texts of 3 regions give 2 open points'
keys y
see 'Consolidated; committed as'
keys F9
see 'point 1 of 2'
keys :
typed 'consolidate'
keys Enter
see 'is what the texts make of the base already'
keys m
see 'positions'
keys :
typed 'consolidate'
keys Enter
see 'is what the texts make of the base already'
keys q q
keys C-q
see '1 draft'
keys q
ends 0
[ "$(git log -1 --format=%s)" = 'res-1: consolidate AFR, ARB, EUR' ] || fail 'no such commit'
expect_clean
