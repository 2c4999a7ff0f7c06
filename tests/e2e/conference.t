# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/e2e/lib.sh"

# The base of a resolution, and what each of the six regions makes of it.
six_texts() {
	mkdir -p drafts/res-7
	cat >drafts/res-7/base.md <<'EOT'
décide de charger le Directeur

a)	d'organiser une réunion préparatoire par région;

b)	de publier les documents dans les six langues officielles;

c)	de rendre compte des dépenses au Conseil.
EOT
	{
		printf -- '---\nlanguage: fr\nbase: drafts/res-7/base.md\n---\n\n'
		cat drafts/res-7/base.md
	} >drafts/res-7.md
	region AFR 's/une réunion/au moins une réunion/'
	region AMS 's/six langues/langues de travail/'
	region ARB 's/une réunion/deux réunion/'
	region ASP '/^b)/d'
	region CIS 's/au Conseil/chaque année au Conseil/'
	region EUR 's/une réunion/au moins une réunion/'
	git add -A && git commit -qm 'texts of six regions'
}
region() { sed "$2" drafts/res-7/base.md >"drafts/res-7/$1.md"; }

it 'goes from six files to the matrix and to decided points, and never leaves the workbench'
repository
git config adref.meeting CONF
six_texts
open_screen 120x40 adref
see 'C consolidate'
keys C
see 'The texts of 6 regions give'
keys y
see 'Consolidated; committed as'
keys m
see 'res-7 · positions'
see '3 open'
for region in EUR CIS; do
	keys Space
	see "$region on 1:"
	keys s
	see 'which?'
	keys 2
	see 'how strongly?'
	keys p
	see 'Source document'
	keys Enter
	see 'Note'
	keys Enter
	see "$region on point 1: supports 2."
	keys Left
done
see 'consensus on option 2'
keys Enter
see 'res-7 · chair'
keys 2
see 'Point 1: option 2'
see 'de publier les documents dans'
keys 1
see 'Point 1: option 1, "de publier'
keys 1
see 'Point 1: option 1, "six langues"'
keys 0
see 'No open point is left in this draft.'
see 'no open point · 4 decided'
keys q
see 'res-7 · positions'
keys q
see '1 draft'
keys q
ends 0
expect_clean
run sed 1,4d drafts/res-7.md
expect_out <<'EOT'
décide de charger le Directeur

a)	d'organiser au moins une réunion préparatoire par région;

b)	de publier les documents dans les six langues officielles;

c)	de rendre compte des dépenses au Conseil.
EOT
run git log -1 --skip=3 --format=%b
expect_out_has 'Supported-by: AFR, CIS, EUR'
expect_out_has 'Meeting: CONF'
expect_log <<'EOT'
res-7: point 1 decided: no text
res-7: point 1 decided: "six langues"
res-7: point 1 decided: "de publier les documents dans les [six langue…"
res-7: point 1 decided: "au moins une"
res-7: CIS supports option 2, point 1
res-7: EUR supports option 2, point 1
res-7: consolidate AFR, AMS, ARB, ASP, CIS, EUR
texts of six regions
EOT
