# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/e2e/lib.sh"

it 'shows the desk, the chair, the log and the keys in French'
repository
drafted res-a <<EOT
---
title: The first one
---
The Conference [resolves / AFR: decides] to meet [each year].
EOT
open_screen 80x24 env -u LC_ALL LANG=fr_FR.UTF-8 "$ADREF"
see '2 points ouverts'
see 'Enter éditer  c présidence'
keys c
see 'point 1 sur 2'
see '1-9 choisir'
keys 1
see 'u annule.'
keys q
see '1 point ouvert'
keys l
see 'historique'
see '2 versions'
keys '?'
see 'Touches · Historique'
keys Escape
see '2 versions'
keys q
see 'Enter éditer'
keys q
ends 0

it 'has in Russian two words where English has one: what a key does, and how a point stands'
repository
drafted res-a <<EOT
The Conference [resolves / AFR: decides] to meet [each year] in [May].
EOT
open_screen 100x24 env -u LC_ALL LANG=ru_RU.UTF-8 "$ADREF"
see '3 открытых пункта'
keys c
see 'пункт 1 из 3 · 3 открыты'
see 'd отложить'
keys d
typed 'later'
keys Enter
keys Enter
see 'Пункт 1 отложен'
keys q
see '1 отложен'
keys c
keys 1
see 'Пункт 1: вариант 1, "resolves"'
keys q
keys q
ends 0
