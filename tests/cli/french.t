# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/cli/lib.sh"

# french ARGUMENT…: adref, as who asks for French by LANG alone.
french() { run env -u LC_ALL LANG=fr_FR.UTF-8 ${LOCPATH:+LOCPATH="$LOCPATH"} "$ADREF" "$@"; }
texts() {
	repository
	draft one <<EOT
The Conference [resolves] to meet.
EOT
	draft two <<EOT
The Conference [resolves] to meet [each year].
EOT
}

it 'speaks French where LANG says so, also where the system does not have that language'
french help
expect_status 0
expect_out_has "ouvrir l'atelier"
french help resolve
expect_out_has 'trancher un point'

it 'counts one and several in French'
texts
french brackets one
expect_out_has '1 point ouvert'
expect_out_lacks 'ouverts'
french brackets two
expect_out_has '2 points ouverts'

it 'speaks Spanish in the same way, one and several too'
texts
spanish() { run env -u LC_ALL LANG=es_ES.UTF-8 ${LOCPATH:+LOCPATH="$LOCPATH"} "$ADREF" "$@"; }
spanish help
expect_out_has 'abrir la mesa de trabajo'
spanish brackets one
expect_out_has '1 punto abierto'
expect_out_lacks 'abiertos'
spanish brackets two
expect_out_has '2 puntos abiertos'

it 'counts in Russian as Russian counts: one, a few, many, and 21 as one'
repository
russian() { run env -u LC_ALL LANG=ru_RU.UTF-8 ${LOCPATH:+LOCPATH="$LOCPATH"} "$ADREF" "$@"; }
russian help
expect_out_has 'открыть рабочую среду'
for n in 1 2 5 21; do
	awk -v n="$n" 'BEGIN { while (n--) print "The Conference [resolves] to meet.\n" }' | draft "d$n"
	russian brackets "d$n"
	cat "$T/out" >>counted
done
grep -o '[0-9]* открыт.*' counted >counts
expect_file counts <<EOT
1 открытый пункт
2 открытых пункта
5 открытых пунктов
21 открытый пункт
EOT
russian resolve d1 1 1
expect_err_has 'пункт 1 решен: вариант 1, "resolves"'
russian help resolve
expect_out_has '--choose:'
russian brackets d3
expect_status 3
expect_err_has 'нет такого проекта или файла'

it 'says in French what went wrong, whichever part of the program says it'
texts
french brackets three
expect_status 3
expect_err_has 'pas de tel projet ou fichier'
french resolve one 1 5
expect_err_has 'le point 1 a une seule variante'
french consolidate --base drafts/one.md AFR=drafts/two.md -o no/such.md
expect_err_has "impossible d'écrire"

it 'leaves words that are data as they are'
texts
french position one 1 AFR supports 1
expect_status 0
git show HEAD:drafts/one/AFR.positions.yaml >positions
expect_file_has positions 'stance: supports'
french brackets --json two
expect_out_has '"kind"'

it 'speaks English where the language is not known, or none is asked for'
run env -u LC_ALL LANG=xx_XX.UTF-8 "$ADREF" help
expect_out_has 'open the workbench'
run env -u LC_ALL LANG=C "$ADREF" help
expect_out_has 'open the workbench'

it 'writes numbers with a point in every language: a chart is a chart'
if ! command -v localedef >/dev/null || [ ! -f /usr/share/i18n/locales/fr_FR ]; then
	skip 'needs localedef and the definitions of locales'
else
	workspace
	localedef -i fr_FR -f UTF-8 "$PWD/fr_FR.UTF-8" >/dev/null 2>&1
	LOCPATH=$PWD
	french progress --svg res-reunions
	expect_status 0
	expect_out_has 'points ouverts'
	grep -oE '[xy]="[0-9]+,[0-9]+"' "$T/out" >commas
	expect_file commas </dev/null
	LOCPATH=
fi
