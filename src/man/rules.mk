# SPDX-License-Identifier: MIT
# The manual's parts that the program knows best come from its own tables, so
# they cannot drift: `adref help --man-commands` and `adref help --man-keys`
# print them as lines for man(7).

LINGUAS := $(shell sed 's/\#.*//' src/po/LINGUAS)
manual: $(B)/man/adref.1 $(B)/man/adref-format.5
translations: $(patsubst %,$(B)/po/%/LC_MESSAGES/adref.mo,$(LINGUAS))

$(B)/man/%.part: $(B)/adref src/man/rules.mk
	@mkdir -p $(@D)
	@LC_ALL=C.UTF-8 LANGUAGE= $(B)/adref help --man-$* >$@.new </dev/null 2>/dev/null || :
	@grep -q '^\.[ST][SP]' $@.new || printf '.PP\n.B adref help\nlists them.\n' >$@.new
	@mv $@.new $@

$(B)/man/adref.1: src/man/adref.1.in $(B)/man/commands.part $(B)/man/keys.part
	@awk -v version='$(VERSION)' -v dir='$(B)/man' ' \
		/^@[a-z]+@$$/ { f = dir "/" substr($$0, 2, length($$0) - 2) ".part"; \
			while ((getline line < f) > 0) { \
				if (line != ".PP" || last !~ /^\.SS/) print line; \
				last = line }; next } \
		{ gsub(/@VERSION@/, version); print }' $< >$@

$(B)/man/adref-format.5: src/man/adref-format.5
	@mkdir -p $(@D)
	@cp $< $@

# ---- translations: src/po/LINGUAS names the languages, one src/po/LANGUAGE.po each

# A catalogue whose formats differ from the program's would crash it: -c refuses that.
$(B)/po/%/LC_MESSAGES/adref.mo: src/po/%.po
	@mkdir -p $(@D)
	@msgfmt -c -o $@ $<

# The date of the words says nothing that git does not, and no two branches that changed some
# could be merged with it.
undated = sed -i '/^"POT-Creation-Date:/d' $(1)

pot: ## collects the words to translate in src/po/adref.pot
	@xgettext --from-code=UTF-8 --language=C --keyword=_ --keyword=N_ --keyword=n_:1,2 \
		--keyword=p_:1c,2 --keyword=NP_:1c,2 \
		--add-comments=TRANSLATORS --package-name=adref --package-version=$(VERSION) --sort-by-file \
		--add-location=file -o src/po/adref.pot $(LINT_SRC) $(HEADERS)
	@$(call undated,src/po/adref.pot)

po: pot ## brings the translations (src/po) up to date with the words
	@for l in $(LINGUAS); do \
		msgmerge --quiet --update --backup=none --no-fuzzy-matching --add-location=file src/po/$$l.po src/po/adref.pot && \
		msgattrib --no-obsolete --add-location=file -o src/po/$$l.po src/po/$$l.po && \
		$(call undated,src/po/$$l.po) && \
		printf "$$l: " && msgfmt -c --statistics -o /dev/null src/po/$$l.po; done
