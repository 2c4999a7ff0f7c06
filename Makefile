# adref: build, test, check, install. `make help` lists the targets.
# SPDX-License-Identifier: MIT

B ?= build
CC ?= cc
AR ?= ar
PKG_CONFIG ?= pkg-config
Q ?= @
PREFIX ?= /usr/local
VERSION := 0.1.0
JOBS ?= $(shell nproc 2>/dev/null || echo 2)

# Which libraries a room may use: src/README.md. unistring has no .pc file.
PC_core  := libpcre2-8 yaml-0.1 nettle
PC_store := libgit2 libzip expat
PC_ui    := ncursesw fribidi
PC_cli   := jansson
PC_all   := $(PC_core) $(PC_store) $(PC_ui) $(PC_cli)

OPT ?= -O2 -g
WARN := -Wall -Wextra -Wpedantic -Wshadow -Wvla -Wmissing-prototypes -Wstrict-prototypes \
	-Wpointer-arith -Wwrite-strings -Wundef -Wformat=2 -Werror
HARDEN := -fstack-protector-strong -D_FORTIFY_SOURCE=2
SLOW := 1
ifdef SAN
  B := build-san
  OPT := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
  HARDEN :=
  # Instrumented code leads gcc to see what is not there; the plain build judges these.
  WARN += -Wno-format-truncation -Wno-maybe-uninitialized
  SLOW := 4
endif
ifdef COVER
  B := build-cover
  OPT := -O0 -g --coverage
  HARDEN :=
  SLOW := 2
endif

ifdef FUZZ
  B := build-fuzz
  CC := clang
  # Which branch was taken is told to libFuzzer; what was compared with what is not: to tell it takes
  # more time than all the rest, and words.dict has what texts are compared with.
  OPT := -O2 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined \
	-fsanitize-coverage=inline-8bit-counters,pc-table
  # clang minds NULL + 0, which an empty slice comes to, and which every machine here has as NULL.
  OPT += -fno-sanitize=pointer-overflow
  HARDEN :=
  # gcc's plain build judges the code; another compiler has other opinions.
  WARN := -w
endif

# The libraries' flags, asked once. A library that is missing is named by $(B)/libraries.
cflags_of = $(shell $(PKG_CONFIG) --cflags $(1) 2>/dev/null)
libs_of = $(shell $(PKG_CONFIG) --libs $(1) 2>/dev/null)
PC_CFLAGS := $(call cflags_of,$(PC_all))
LIBS_core := $(call libs_of,$(PC_core)) -lunistring
LIBS_all := $(call libs_of,$(PC_all)) -lunistring -lpthread
LIBS_TEST := $(call libs_of,vterm jansson)

CPPFLAGS += -Iinclude -D_GNU_SOURCE -DADREF_VERSION='"$(VERSION)"' -DADREF_PREFIX='"$(PREFIX)"' $(PC_CFLAGS)
CFLAGS += -std=c11 $(OPT) $(WARN) $(HARDEN)

ROOMS := core store ui cli
HEADERS := $(wildcard include/*/*.h)
src_of = $(wildcard src/$(1)/*.c)
obj_of = $(patsubst src/%.c,$(B)/obj/%.o,$(call src_of,$(1)))
MAIN := $(B)/obj/cli/main.o
ARCHIVES := $(B)/libcli.a $(B)/libui.a $(B)/libstore.a $(B)/libcore.a

all: $(B)/adref manual translations ## builds build/adref, its manual and translations

# ---- the program: one static archive a room

$(B)/adref: $(MAIN) $(ARCHIVES)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(MAIN) $(ARCHIVES) $(LIBS_all)

define room
$(B)/lib$(1).a: $(filter-out $(MAIN),$(call obj_of,$(1))) $(B)/flags
	@rm -f $$@
	$$(Q)$$(AR) rcs $$@ $$(filter %.o,$$^)
endef
$(foreach r,$(ROOMS),$(eval $(call room,$(r))))

$(B)/obj/%.o: src/%.c $(B)/flags | $(B)/libraries
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# Rewritten only when the flags or the list of sources changed: then all is built anew.
FLAGS := $(CC) $(CPPFLAGS) $(CFLAGS) $(sort $(foreach r,$(ROOMS),$(call src_of,$(r))))
$(B)/flags: FORCE
	@mkdir -p $(B)
	@printf '%s\n' '$(subst ','\'',$(FLAGS))' | cmp -s - $@ || printf '%s\n' '$(subst ','\'',$(FLAGS))' >$@

$(B)/libraries:
	@mkdir -p $(B)
	@$(PKG_CONFIG) --print-errors --exists $(PC_all) || { \
		echo 'A library is missing; "make deps" installs what adref needs.' >&2; exit 1; }
	@touch $@

# ---- unit tests: tests/unit/test_MODULE.c links its module's room and those below it

UNIT := $(patsubst tests/unit/test_%.c,%,$(wildcard tests/unit/test_*.c))
room_of = $(patsubst include/%/$(1).h,%,$(firstword $(wildcard include/*/$(1).h)))
ARCH_core := $(B)/libcore.a
ARCH_store := $(B)/libstore.a $(B)/libcore.a
ARCH_ui := $(B)/libui.a $(B)/libstore.a $(B)/libcore.a
ARCH_cli := $(ARCHIVES)
# What the tests share, compiled once.
SUPPORT := $(patsubst tests/unit/%.c,$(B)/tests/%.o,$(wildcard tests/unit/support*.c))
$(B)/tests/%.o: tests/unit/%.c $(wildcard tests/unit/*.h) $(HEADERS) $(B)/flags | $(B)/libraries
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -Itests/unit -c -o $@ $<
$(B)/tests/libsupport.a: $(SUPPORT)
	@rm -f $@
	$(Q)$(AR) rcs $@ $^
define unit
$(B)/tests/test_$(1): tests/unit/test_$(1).c $(wildcard tests/unit/*.h) $(B)/tests/libsupport.a $(ARCH_$(or $(call room_of,$(1)),cli))
	@mkdir -p $$(@D)
	$$(Q)$$(CC) $$(CPPFLAGS) $$(CFLAGS) -Itests/unit $$(LDFLAGS) -o $$@ $$(filter %.c,$$^) $$(filter %.a,$$^) \
		$$(LIBS_$(if $(filter core,$(call room_of,$(1))),core,all)) $$(LIBS_TEST) -lcmocka
endef
$(foreach t,$(UNIT),$(eval $(call unit,$(t))))
UNIT_PROGRAMS := $(patsubst %,$(B)/tests/test_%,$(UNIT))

# ---- fuzz targets: with clang's libFuzzer (FUZZ=1, in build-fuzz/), or replaying their corpus

FUZZERS := $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
define fuzzer
$(B)/tests/fuzz_$(1): tests/fuzz/fuzz_$(1).c $(if $(FUZZ),,tests/fuzz/replay.c) tests/fuzz/fuzz.h $(ARCH_store)
	@mkdir -p $$(@D)
	$$(Q)$$(CC) $$(CPPFLAGS) $$(CFLAGS) -Itests/fuzz $$(if $$(FUZZ),-fsanitize=fuzzer) $$(LDFLAGS) -o $$@ \
		$$(filter %.c,$$^) $$(filter %.a,$$^) $$(LIBS_all)
endef
$(foreach t,$(FUZZERS),$(eval $(call fuzzer,$(t))))
REPLAYS := $(patsubst %,$(B)/tests/fuzz_%,$(FUZZERS))

fuzz: ## looks for texts that break something: T=NAME (tests/fuzz; without: all), for S=SECONDS or N=EXECUTIONS
	@tests/tools/deps build fuzz
	@$(MAKE) $(PARALLEL) --no-print-directory FUZZ=1 $(patsubst %,build-fuzz/tests/fuzz_%,$(or $(T),$(FUZZERS)))
	@tests/tools/fuzz build-fuzz '$(S)' '$(N)' $(or $(T),$(FUZZERS))

# ---- tests: everything, or one kind of it

RUN_TESTS = SLOW=$(SLOW) ADREF_MATERIAL='$(if $(MATERIAL),$(abspath $(MATERIAL)))' \
	ASAN_OPTIONS=detect_leaks=1:detect_stack_use_after_return=1:strict_string_checks=1 \
	UBSAN_OPTIONS=print_stacktrace=1 \
	LSAN_OPTIONS=suppressions=$(CURDIR)/tests/lsan.supp:print_suppressions=0 \
	tests/tools/run -j $(JOBS) $(B)
SCRIPTS := $(wildcard tests/hostile/*.t tests/faults/*.t tests/e2e/*.t tests/cli/*.t)

test: ## installs what is missing, builds, runs all tests (SAN=1: with sanitisers; MATERIAL=DIR: on real texts too)
	@tests/tools/deps build test
	@$(MAKE) $(PARALLEL) --no-print-directory test-programs
	@$(MAKE) --no-print-directory test-all

test-programs: all $(UNIT_PROGRAMS) $(REPLAYS)
test-all: test-programs
	@$(RUN_TESTS) $(SCRIPTS) $(UNIT_PROGRAMS) $(REPLAYS)
unit: $(if $(ONLY),$(B)/tests/test_$(ONLY),$(UNIT_PROGRAMS)) ## runs the unit tests alone (ONLY=NAME: one program of them)
	@$(RUN_TESTS) $^
cli e2e: all ## runs the cases of the command line, or the end-to-end runs, alone
	@$(RUN_TESTS) $(if $(ONLY),tests/$@/$(ONLY).t,$(wildcard tests/$@/*.t))

torture: ## lets go wrong what can, everywhere: under half an hour on two cores (PART=calls, PART=kills:sync: a part of it)
	@tests/tools/deps build test
	@$(MAKE) $(PARALLEL) --no-print-directory all
	@$(if $(filter $(HOSTILE_PARTS),$(PART)),,JOBS=$(JOBS) python3 tests/faults/faults long $(B) $(PART))
	@$(if $(filter-out $(HOSTILE_PARTS),$(PART)),,python3 tests/hostile/hostile long $(B) $(PART))
HOSTILE_PARTS := shown stranger sizes

torture-hostile: all ## the part of it that hostile texts and repositories are (PART=shown: a part of that)
	@python3 tests/hostile/hostile long $(B) $(PART)

# As many jobs as there are processors, unless make was told.
PARALLEL = $(if $(filter -j%,$(MAKEFLAGS)),,-j$(JOBS))

# ---- checks

LINT_SRC := $(foreach r,$(ROOMS),$(call src_of,$(r)))
TIDY := $(patsubst src/%.c,$(B)/lint/%.tidy,$(LINT_SRC))
ANALYZER := $(patsubst src/%.c,$(B)/lint/%.analyzer,$(call src_of,core))

lint: ## installs what is missing, checks form, boundaries and code
	@tests/tools/deps build lint
	@$(MAKE) $(PARALLEL) --no-print-directory all
	@tests/tools/lint $(B); found=$$?; \
	$(MAKE) -k $(PARALLEL) --no-print-directory lint-code || found=1; \
	[ $$found != 0 ] || echo 'lint: nothing found'; exit $$found

lint-code: $(ANALYZER) $(TIDY) $(B)/lint/cppcheck
# How far the analyser follows a path: a sixth of the usual, for most of what it finds.
TIDY_REACH := -Xclang -analyzer-config -Xclang max-nodes=40000
TIDY_KNOWS = -include tests/tools/tidy.h $(if $(filter %/error.c,$<),-DTIDY_NO_ERROR_SET) \
	$(if $(filter src/store/git.c,$<),,$(if $(filter src/store/%,$<),-DTIDY_GITLIB))
$(B)/lint/%.tidy: src/%.c .clang-tidy tests/tools/tidy.h $(HEADERS)
	@mkdir -p $(@D)
	@clang-tidy --quiet $< -- $(CPPFLAGS) -std=c11 $(TIDY_KNOWS) $(TIDY_REACH) >$@.log 2>&1 || { grep -v 'warnings generated' $@.log; exit 1; }
	@touch $@
$(B)/lint/%.analyzer: src/%.c $(HEADERS)
	@mkdir -p $(@D)
	@$(CC) $(CPPFLAGS) -std=c11 -O1 $(WARN) -fanalyzer -c -o /dev/null $<
	@touch $@
$(B)/lint/cppcheck: $(LINT_SRC) $(HEADERS)
	@mkdir -p $@.d
	@cppcheck --quiet -j 2 --cppcheck-build-dir=$@.d --enable=warning,performance,portability --inline-suppr \
		--suppressions-list=tests/cppcheck.supp --error-exitcode=1 --std=c11 --library=gnu -Iinclude \
		-D_GNU_SOURCE -DADREF_VERSION='""' -DADREF_PREFIX='""' src
	@touch $@

cover: ## share of lines that the tests run: core 90 %, store 80 %, ui 70 %
	@tests/tools/deps build test
	@find build-cover -name '*.gcda' -delete 2>/dev/null || true
	@$(MAKE) $(PARALLEL) --no-print-directory COVER=1 test-programs
	@$(MAKE) --no-print-directory COVER=1 test-all; failed=$$?; \
	tests/tools/cover build-cover core=90 store=80 ui=70 && exit $$failed

bench: ## measures speed and memory against other programs (ONLY=NAME: measures whose names begin so); fails nothing
	@tests/tools/deps build bench
	@$(MAKE) $(PARALLEL) --no-print-directory $(B)/adref
	@python3 tests/bench/bench $(B) $(ONLY)

format: ## puts the source in its form (.clang-format)
	@clang-format -i $(wildcard src/*/*.c include/*/*.h tests/unit/*.[ch] tests/fuzz/*.[ch])

# ---- for people

deps: ## installs what is missing of Debian's packages, to build and to test
	@tests/tools/deps build test

run: ## installs what is missing, builds, opens a demonstration workspace
	@tests/tools/deps build
	@$(MAKE) $(PARALLEL) --no-print-directory all
	@dir=$$(tests/tools/demo) && cd "$$dir" && exec $(CURDIR)/$(B)/adref

demo: ## makes the demonstration workspace anew (the old one is kept beside it)
	@tests/tools/demo --anew

help: ## lists these targets
	@awk -F ':.*## ' '/^[a-z0-9][^=]*:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

# ---- manual, completions, translations

include src/man/rules.mk

# ---- install

BIN := $(DESTDIR)$(PREFIX)/bin
SHARE := $(DESTDIR)$(PREFIX)/share

install: all ## installs below PREFIX (now $(PREFIX)); DESTDIR for packagers
	install -d '$(BIN)' '$(SHARE)/man/man1' '$(SHARE)/man/man5' '$(SHARE)/adref/drafts'
	install -m 755 $(B)/adref '$(BIN)/adref'
	install -m 644 $(B)/man/adref.1 '$(SHARE)/man/man1/adref.1'
	install -m 644 $(B)/man/adref-format.5 '$(SHARE)/man/man5/adref-format.5'
	install -D -m 644 src/completions/adref.bash '$(SHARE)/bash-completion/completions/adref'
	install -D -m 644 src/completions/_adref '$(SHARE)/zsh/site-functions/_adref'
	install -D -m 644 src/completions/adref.fish '$(SHARE)/fish/vendor_completions.d/adref.fish'
	cp -R drafts/. '$(SHARE)/adref/drafts/'
	chmod -R u=rwX,go=rX '$(SHARE)/adref'
	@for l in $(LINGUAS); do \
		install -D -m 644 $(B)/po/$$l/LC_MESSAGES/adref.mo "$(SHARE)/locale/$$l/LC_MESSAGES/adref.mo"; done

uninstall: ## takes away what install put below PREFIX
	rm -f '$(BIN)/adref' '$(SHARE)/man/man1/adref.1' '$(SHARE)/man/man5/adref-format.5' \
		'$(SHARE)/bash-completion/completions/adref' '$(SHARE)/zsh/site-functions/_adref' \
		'$(SHARE)/fish/vendor_completions.d/adref.fish'
	rm -f '$(SHARE)'/locale/*/LC_MESSAGES/adref.mo
	rm -rf '$(SHARE)/adref'

clean: ## takes away what was built
	rm -rf build build-*

-include $(wildcard $(B)/obj/*/*.d)
.DELETE_ON_ERROR:
.PHONY: all test test-programs test-all unit cli e2e torture torture-hostile lint lint-code cover bench fuzz format deps run demo help \
	manual translations pot po install uninstall clean FORCE
