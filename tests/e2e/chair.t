# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/e2e/lib.sh"

it 'decides ten points, one with linked ones, undoes one, and the history says exactly that'
repository
git config adref.meeting IRM-3
drafted res-1 <<'EOT'
# Draft resolution

The Conference,

resolves

1) that the Director [shall][should] report [each year];

2) that Members [shall][should] contribute [one / AFR, EUR: two / ARB: three] units;

3) to meet [in the capital] for [XX] days;

4) to invite [observers] and [the press];

5) to publish [the minutes / a summary] and all texts [in six languages];

6) to thank [warmly] the host.
EOT
open_screen 80x24 adref chair res-1
see 'point 1 of 11'
see 'the same wording stands at 1 more place'
keys .
see '2 places with the same wording: choose once for all'
keys 2
see 'Point 1 and 1 linked one: option 2, "should"'
see 'point 1 of 9'
keys 0
see 'Point 1: no text'
keys 2
see 'Point 1: option 2, "two"'
keys 1
see '"in the capital"'
keys t
see 'New wording'
typed 'three'
keys Enter
see 'new wording "three"'
keys u
see 'Undone: point 1, new wording "three"'
see 'point 1 of 6'
keys d
see 'Why is it put off'
typed 'the host has to say'
keys Enter
see 'Until which meeting'
keys Enter
see 'Point 1 is put off; d on it takes it up again. ('
keys 1
see '"observers"'
keys 0
see 'no text'
keys 2
see '"a summary"'
keys 1
see '"in six languages"'
keys 1
see '"warmly"'
see 'r marks the paragraph agreed'
keys r
see 'is agreed ad referendum'
keys q
see '1 draft'
keys q
ends 0
expect_clean
expect_file drafts/res-1.md <<'EOT'
# Draft resolution

The Conference,

resolves

1) that the Director should report;

2) that Members should contribute two units;

3) to meet in the capital for [XX]{#b486e} days;

4) to invite observers and;

5) to publish a summary and all texts in six languages;

6) to thank warmly the host.
EOT
expect_log <<'EOT'
res-1: agreed ad referendum: "6) to thank warmly the host."
res-1: point 2 decided: "warmly"
res-1: point 2 decided: "in six languages"
res-1: point 2 decided: "a summary"
res-1: point 2 decided: no text
res-1: point 2 decided: "observers"
res-1: point 1 deferred
res-1: point 1 open again; it was new wording "three"
res-1: point 1 decided: "three"
res-1: point 1 decided: "in the capital"
res-1: point 1 decided: "two"
res-1: point 1 decided: no text
res-1: point 1 and 1 linked decided: "should"
res-1: as it came
EOT
run git log -1 --skip=12 --format=%b
expect_out_has 'Linked: 1'
expect_out_has 'Meeting: IRM-3'

it 'takes the real draft of October 2015 point by point'
if material corpus/paris-2015-10-23.en.md; then
	repository
	mkdir drafts
	run adref import "$ADREF_MATERIAL/corpus/paris-2015-10-23.en.md" --name paris
	expect_status 0
	git add drafts
	git commit -q -m 'paris: as it came'
	open_screen 80x24 adref chair paris
	see 'point 1 of 624'
	for i in 1 2 3 4 5; do
		keys 1
		see "$i decided"
	done
	keys u
	see 'Undone'
	keys q
	see '1 draft'
	keys q
	ends 0
	expect_clean
	run git rev-list --count HEAD
	expect_out_has 7
fi

it 'takes a decision back that a hook refused'
repository
drafted res-1 <<'EOT'
resolves to meet [once] a year.
EOT
printf '#!/bin/sh\necho not today >&2\nexit 1\n' >.git/hooks/pre-commit
chmod +x .git/hooks/pre-commit
run adref trust
expect_status 0
open_screen 80x24 adref chair res-1
see '1-9 choose'
keys 1
see 'not today'
see 'resolves to meet [once] a year.'
see 'point 1 of 1'
keys q
see '1 draft'
keys q
ends 0
expect_clean
expect_log <<'EOT'
res-1: as it came
EOT

it 'shows a decision, and its undoing, while the commit is still being made'
repository
drafted res-1 <<'EOT'
resolves to meet [once] a year, and [to dine].
EOT
cat >.git/hooks/pre-commit <<'EOT'
#!/bin/sh
[ -e "$GATE" ] || exit 0
until [ -e "$GATE/open" ]; do sleep 0.02; done
rm "$GATE/open"
EOT
chmod +x .git/hooks/pre-commit
GATE=$T/gate
export GATE
mkdir "$GATE"
run adref trust
expect_status 0
open_screen 80x24 adref chair res-1
see '1-9 choose'
keys 0
see 'resolves to meet a year'
see 'committing'
touch "$GATE/open"
see 'Point 1: no text. u undoes.'
keys u
see 'resolves to meet [once] a year'
see 'point 1 of 2'
see 'committing'
touch "$GATE/open"
see 'Undone'
see 'point 1 of 2'
keys d
see 'Why is it put off'
typed 'later'
keys Enter
see 'Until which meeting'
keys Enter
see 'committing'
see 'put off'
touch "$GATE/open"
see 'Point 1 is put off'
keys q
see '1 draft'
keys q
ends 0
expect_clean
unset GATE

it 'says beside a position whether it is signed by a key that counts'
if command -v ssh-keygen >/dev/null; then
	repository
	drafted res-1 <<'EOT'
resolves to meet [once / twice]{#b1} a year.
EOT
	for key in afr eur; do ssh-keygen -q -t ed25519 -N '' -C "The $key" -f "$T/$key"; done
	printf 'AFR,ARB %s\n' "$(cut -d' ' -f1,2 "$T/afr.pub")" >drafts/signers
	git config gpg.format ssh
	git add drafts
	git commit -q -m 'who signs'
	adref trust --signers >/dev/null 2>&1
	git config user.signingkey "$T/afr"
	adref position --sign res-1 b1 AFR supports 2 2>/dev/null
	adref position --sign res-1 b1 ARB supports 1 2>/dev/null
	git config user.signingkey "$T/eur"
	adref position --sign res-1 b1 EUR supports 1 2>/dev/null
	sed -i 's,supports,opposes,' drafts/res-1/ARB.positions.yaml
	git commit -qam 'ARB says the other'
	open_screen 80x24 adref chair res-1
	see 'point 1 of 1'
	keys w
	see 'AFR   +2 · signed · Africa'
	see 'ARB   -1 · bad signature · Arab States'
	see 'EUR   +1 · key not listed · Europe'
	keys m
	see 'EUR Europe'
	see 'key not listed · since'
	keys q
	see 'bad signature'
	keys q
	see '1 draft'
	keys q
	ends 0
	expect_clean
else
	skip 'needs ssh-keygen'
fi
