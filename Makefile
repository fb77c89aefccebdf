# hublink - GNU make. `make help` lists what can be made.
#
#   make CC=clang          another compiler; flags it does not know are left out
#   make BUILD=elsewhere   another build folder
#   make SANITIZE=         a test build without sanitizers (what valgrind needs)
#
# Every .c under core/, db/ and tui/ is compiled; every .c under tests/ outside support/ and bench/
# is a test program of its own: tests/core/base/buf.c becomes build/test/tests/core/base/buf.
# There are two kinds of objects: release (build/obj) and test (build/test/obj, sanitized). All
# are made again when the flags change.

VERSION  := 0.1.0
BUILD    ?= build
PREFIX   ?= /usr/local
JOBS     ?= $(shell nproc)
SANITIZE ?= -fsanitize=address,undefined -fno-sanitize-recover=all
TEST     := $(BUILD)/test

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SECONDARY:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules

# --- What is compiled and what is linked -------------------------------------------------------

every = $(foreach f,$(wildcard $(1)/*),$(call every,$(f),$(2))$(filter %.$(2),$(f)) )

CLI_MAIN    := $(wildcard tui/cli/main.c)
ENGINE_MAIN := $(firstword $(wildcard core/engine/net/main.c core/engine/main.c))
MAINS       := $(CLI_MAIN) $(ENGINE_MAIN)

SCHEMA_SQL  := $(sort $(wildcard db/schema/*.sql))
GENERATED   := $(if $(SCHEMA_SQL),$(BUILD)/gen/schema.c)
SOURCES     := $(sort $(strip $(call every,core,c) $(call every,db,c) $(call every,tui,c)))
PARTS       := $(filter-out $(MAINS),$(SOURCES))

# hublink links nothing that can send; hublink-engine nothing that can draw.
CLI_PARTS    := $(filter-out core/engine/net/% core/peers/%,$(PARTS))
ENGINE_PARTS := $(filter-out tui/%,$(PARTS))

TEST_SOURCES  := $(sort $(strip $(call every,tests,c)))
TEST_SUPPORT  := $(filter tests/support/%,$(TEST_SOURCES))
BENCH_SOURCES := $(filter tests/bench/%,$(TEST_SOURCES))
TEST_MAINS    := $(filter-out tests/support/% tests/bench/%,$(TEST_SOURCES))
TESTS         := $(TEST_MAINS:%.c=$(TEST)/%)
BENCHES       := $(BENCH_SOURCES:tests/bench/%.c=$(BUILD)/bench/%)

release = $(1:%.c=$(BUILD)/obj/%.o) $(GENERATED:%.c=%.o)
tested  = $(1:%.c=$(TEST)/obj/%.o) $(GENERATED:$(BUILD)/gen/%.c=$(TEST)/obj/gen/%.o)

PROGRAMS      := $(if $(CLI_MAIN),hublink) $(if $(ENGINE_MAIN),hublink-engine)
BASE_LIBS     := -lsqlite3 -lcjson -l:libmd.a -lm
CLI_LIBS      := $(BASE_LIBS) -lncursesw -ltinfo
ENGINE_LIBS   := $(BASE_LIBS) -lcurl -lmicrohttpd
TEST_LIBS     := $(CLI_LIBS) -lcurl -lmicrohttpd -lvterm -lcmocka -lpthread

# --- Flags -------------------------------------------------------------------------------------

HARDENING := -fstack-protector-strong -fstack-clash-protection -fcf-protection=full \
	-fzero-call-used-regs=used-gpr -ftrivial-auto-var-init=zero
CODEGEN   := -fno-strict-overflow -fno-strict-aliasing -fno-delete-null-pointer-checks
WARNINGS  := -Wall -Wextra -Wformat=2 -Wformat-overflow=2 -Wformat-signedness \
	-Wconversion -Wsign-conversion -Warith-conversion -Wshadow -Wundef -Wvla -Walloca \
	-Wdate-time -Wuse-after-free=3 -Wdangling-pointer=2 -Wlogical-op -Wduplicated-cond \
	-Wduplicated-branches -Wcast-qual -Wcast-align=strict -Wwrite-strings \
	-Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition -Wredundant-decls \
	-Wjump-misses-init -Wimplicit-fallthrough=5 -Wswitch -Wbidi-chars=any -Wtrampolines \
	-Werror=implicit -Werror=incompatible-pointer-types -Werror=int-conversion \
	-Werror=return-type
# Not with sanitizers: their instructions make these guess wrongly.
RELEASE_WARNINGS := -Wformat-truncation=2 -Wnull-dereference -Wstringop-overflow=4 \
	-Warray-bounds=2 -Wstack-usage=16384

# These goals need no compiler, or call make again once they have seen to it that there is one.
PLAIN_GOALS := help deps test demo clean install-deps
ifneq ($(filter-out $(PLAIN_GOALS),$(or $(MAKECMDGOALS),all)),)

# Which of the flags this compiler knows: asked once, kept per compiler.
space    := $(subst ,, )
KNOWN_MK := $(BUILD)/flags/$(subst /,_,$(subst $(space),_,$(CC))).mk
include $(KNOWN_MK)
endif

$(KNOWN_MK): Makefile
	@mkdir -p $(@D)
	@for flag in $(HARDENING) $(CODEGEN) $(WARNINGS) $(RELEASE_WARNINGS); do \
		! $(CC) -Werror $$flag -fsyntax-only -x c /dev/null 2>/dev/null || \
			echo "KNOWN += $$flag"; \
	done >$@.new
	@mv $@.new $@

known = $(filter $(1),$(KNOWN))

COMMON := -std=gnu17 -D_GNU_SOURCE -DHUBLINK_VERSION='"$(VERSION)"' -I. -g -pipe -fPIE \
	-ffile-prefix-map=$(CURDIR)=. $(call known,$(CODEGEN)) $(call known,$(WARNINGS)) -Werror
RELEASE_FLAGS := $(COMMON) -O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 \
	$(call known,$(HARDENING)) $(call known,$(RELEASE_WARNINGS))
TEST_FLAGS    := $(COMMON) -O1 -fno-omit-frame-pointer -U_FORTIFY_SOURCE $(SANITIZE)
# What tests know about where they are: the folders of the programs under test and of the sources.
PLACE_FLAGS   := -DHUBLINK_BUILD='"$(abspath $(TEST))"' -DHUBLINK_SOURCE='"$(CURDIR)"'
LINK_FLAGS    := -pie -Wl,-z,relro,-z,now,-z,noexecstack,-z,separate-code,--as-needed,-z,defs
# -z defs does not go with sanitizers, whose functions come with the run-time library.
TEST_LINK     := -pie -Wl,--as-needed $(SANITIZE)

# --- Building ----------------------------------------------------------------------------------

.PHONY: all test-build
all: $(call release,$(SOURCES)) $(PROGRAMS:%=$(BUILD)/%)
test-build: $(PROGRAMS:%=$(TEST)/%) $(TESTS)

# A stamp that is newer than the objects only when the flags are not what they were.
flags_stamp = $(BUILD)/flags/$(1).stamp
$(call flags_stamp,release): now := $(CC) $(RELEASE_FLAGS) $(LINK_FLAGS)
$(call flags_stamp,test): now := $(CC) $(TEST_FLAGS) $(PLACE_FLAGS) $(TEST_LINK)
$(BUILD)/flags/%.stamp: FORCE
	@mkdir -p $(@D)
	@echo '$(subst ','\'',$(now))' | cmp -s - $@ || echo '$(subst ','\'',$(now))' >$@
.PHONY: FORCE
FORCE:

$(BUILD)/obj/%.o: %.c $(call flags_stamp,release)
	@mkdir -p $(@D)
	$(CC) $(RELEASE_FLAGS) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c $< -o $@

$(TEST)/obj/%.o: %.c $(call flags_stamp,test)
	@mkdir -p $(@D)
	$(CC) $(TEST_FLAGS) $(if $(filter tests/%,$<),$(PLACE_FLAGS)) -MMD -MP -c $< -o $@

$(BUILD)/gen/schema.c: db/schema.awk $(SCHEMA_SQL)
	@mkdir -p $(@D)
	LC_ALL=C awk -f $^ >$@

$(BUILD)/gen/%.o: $(BUILD)/gen/%.c $(call flags_stamp,release)
	$(CC) $(RELEASE_FLAGS) -MMD -MP -c $< -o $@

$(TEST)/obj/gen/%.o: $(BUILD)/gen/%.c $(call flags_stamp,test)
	@mkdir -p $(@D)
	$(CC) $(TEST_FLAGS) -MMD -MP -c $< -o $@

$(BUILD)/hublink: $(call release,$(CLI_MAIN) $(CLI_PARTS))
	$(CC) $(RELEASE_FLAGS) $(LINK_FLAGS) $(LDFLAGS) $^ $(CLI_LIBS) -o $@

$(BUILD)/hublink-engine: $(call release,$(ENGINE_MAIN) $(ENGINE_PARTS))
	$(CC) $(RELEASE_FLAGS) $(LINK_FLAGS) $(LDFLAGS) $^ $(ENGINE_LIBS) -o $@

$(TEST)/hublink: $(call tested,$(CLI_MAIN) $(CLI_PARTS))
	$(CC) $(TEST_LINK) $^ $(CLI_LIBS) -o $@

$(TEST)/hublink-engine: $(call tested,$(ENGINE_MAIN) $(ENGINE_PARTS))
	$(CC) $(TEST_LINK) $^ $(ENGINE_LIBS) -o $@

$(TEST)/parts.a: $(call tested,$(PARTS) $(TEST_SUPPORT))
	@rm -f $@
	ar rcs $@ $^

$(TESTS): $(TEST)/%: $(TEST)/obj/%.o $(TEST)/parts.a
	@mkdir -p $(@D)
	$(CC) $(TEST_LINK) $^ $(TEST_LIBS) -o $@

$(BENCHES): $(BUILD)/bench/%: $(BUILD)/obj/tests/bench/%.o $(call release,$(PARTS))
	@mkdir -p $(@D)
	$(CC) $(RELEASE_FLAGS) $(LINK_FLAGS) $^ $(CLI_LIBS) -lcurl -lmicrohttpd -o $@

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
