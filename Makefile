# adref: build, test, check, install. `make help` lists the targets.
# SPDX-License-Identifier: MIT

B ?= build
CC ?= cc
AR ?= ar
PKG_CONFIG ?= pkg-config
Q ?= @
PREFIX ?= /usr/local
VERSION := 0.1.0

# Which libraries a room may use: DESIGN in src/README.md. unistring has no .pc file.
PC_core  := libpcre2-8 yaml-0.1 libmd
PC_store := libgit2
PC_ui    := ncursesw fribidi
PC_cli   := jansson
PC_all   := $(PC_core) $(PC_store) $(PC_ui) $(PC_cli)

OPT ?= -O2 -g
WARN := -Wall -Wextra -Wpedantic -Wshadow -Wvla -Wmissing-prototypes -Wstrict-prototypes \
	-Wpointer-arith -Wwrite-strings -Wundef -Wformat=2 -Werror
HARDEN := -fstack-protector-strong -D_FORTIFY_SOURCE=2
ifdef SAN
  B := build-san
  OPT := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
  HARDEN :=
endif
ifdef COVER
  B := build-cover
  OPT := -O0 -g --coverage
  HARDEN :=
endif
CPPFLAGS += -Iinclude -D_GNU_SOURCE -DADREF_VERSION='"$(VERSION)"' -DADREF_PREFIX='"$(PREFIX)"'
CFLAGS += -std=c11 $(OPT) $(WARN) $(HARDEN)

cflags_of = $(shell $(PKG_CONFIG) --cflags $(1) 2>/dev/null)
libs_of = $(shell $(PKG_CONFIG) --libs $(1) 2>/dev/null)
LIBS_core := $(call libs_of,$(PC_core)) -lunistring
LIBS_all := $(call libs_of,$(PC_all)) -lunistring -lpthread
CPPFLAGS += $(call cflags_of,$(PC_all))

ROOMS := core store ui cli
src_of = $(wildcard src/$(1)/*.c)
obj_of = $(patsubst src/%.c,$(B)/obj/%.o,$(call src_of,$(1)))
MAIN := $(B)/obj/cli/main.o
ARCHIVES := $(B)/libcli.a $(B)/libui.a $(B)/libstore.a $(B)/libcore.a

all: $(B)/adref

$(B)/adref: $(MAIN) $(ARCHIVES)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(MAIN) $(ARCHIVES) $(LIBS_all)

define room
$(B)/lib$(1).a: $(filter-out $(MAIN),$(call obj_of,$(1)))
	@rm -f $$@
	$$(Q)$$(AR) rcs $$@ $$^
endef
$(foreach r,$(ROOMS),$(eval $(call room,$(r))))

$(B)/obj/%.o: src/%.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# Unit tests: tests/unit/test_MODULE.c links its module's room and those below it.
UNIT := $(patsubst tests/unit/test_%.c,%,$(wildcard tests/unit/test_*.c))
room_of = $(patsubst include/%/$(1).h,%,$(firstword $(wildcard include/*/$(1).h)))
ARCH_core := $(B)/libcore.a
ARCH_store := $(B)/libstore.a $(B)/libcore.a
ARCH_ui := $(B)/libui.a $(B)/libstore.a $(B)/libcore.a
ARCH_cli := $(ARCHIVES)
HELPERS := $(wildcard tests/unit/support*.c)
define unit
$(B)/tests/test_$(1): tests/unit/test_$(1).c $(HELPERS) $(wildcard tests/unit/*.h) $(ARCH_$(or $(call room_of,$(1)),cli))
	@mkdir -p $$(@D)
	$$(Q)$$(CC) $$(CPPFLAGS) $$(CFLAGS) -Itests/unit $$(LDFLAGS) -o $$@ $$(filter %.c,$$^) $$(filter %.a,$$^) \
		$$(LIBS_$(if $(filter core,$(call room_of,$(1))),core,all)) $$(LIBS_TEST) -lcmocka
endef
LIBS_TEST = $(shell $(PKG_CONFIG) --libs vterm jansson)
$(foreach t,$(UNIT),$(eval $(call unit,$(t))))

unit: $(patsubst %,$(B)/tests/test_%,$(UNIT))
	@set -e; for t in $^; do $$t; done

format:
	clang-format -i $(wildcard src/*/*.c include/*/*.h tests/unit/*.[ch])

clean:
	rm -rf build build-*

-include $(wildcard $(B)/obj/*/*.d)
.PHONY: all unit format clean
