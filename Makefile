# hublink - GNU make. `make help` lists what can be made.
#
#   make CC=clang          another compiler; flags it does not know are left out
#   make BUILD=elsewhere   another build folder
#   make V=1               shows the commands
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
ENGINE_MAIN := $(wildcard core/engine/main.c)
MAINS       := $(CLI_MAIN) $(ENGINE_MAIN)

SCHEMA_SQL  := $(sort $(wildcard db/schema/*.sql))
GENERATED   := $(if $(SCHEMA_SQL),$(BUILD)/gen/schema.c)
SOURCES     := $(sort $(strip $(call every,core,c) $(call every,db,c) $(call every,tui,c)))
PARTS       := $(filter-out $(MAINS),$(SOURCES))

# hublink links nothing that can send; hublink-engine nothing that can draw.
CLI_PARTS    := $(filter-out core/engine/%,$(PARTS))
ENGINE_PARTS := $(filter-out tui/%,$(PARTS))

TEST_SOURCES  := $(sort $(strip $(call every,tests,c)))
FLAT_STORE    := $(filter tests/support/flat/%,$(TEST_SOURCES))
FAILING_MEMORY := tests/support/memory/memory.c
FAILING_SQL   := $(filter tests/support/statements/%,$(TEST_SOURCES))
TEST_SUPPORT  := $(filter-out $(FLAT_STORE) $(FAILING_MEMORY) $(FAILING_SQL),$(filter tests/support/%,$(TEST_SOURCES)))
BENCH_SOURCES := $(filter tests/bench/%,$(TEST_SOURCES))
# Fuzz targets are linked each with libFuzzer, and all together with the replay of their corpora.
FUZZ_TARGETS  := $(filter-out tests/fuzz/replay.c,$(filter tests/fuzz/%,$(TEST_SOURCES)))
FUZZERS       := $(FUZZ_TARGETS:tests/fuzz/%.c=$(BUILD)/fuzz/%)
TEST_MAINS    := $(filter-out tests/support/% tests/bench/% tests/storm/% $(FUZZ_TARGETS),$(TEST_SOURCES))
TESTS         := $(TEST_MAINS:%.c=$(TEST)/%)
BENCHES       := $(BENCH_SOURCES:tests/bench/%.c=$(BUILD)/bench/%)

flags_stamp = $(BUILD)/flags/$(1).stamp
objects     = $(filter %.o %.a,$^)
release     = $(1:%.c=$(BUILD)/obj/%.o) $(GENERATED:%.c=%.o)
tested      = $(1:%.c=$(TEST)/obj/%.o) $(GENERATED:$(BUILD)/gen/%.c=$(TEST)/obj/gen/%.o)

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
# Not in test builds: what instruments them makes these guess wrongly.
RELEASE_WARNINGS := -Wformat-truncation=2 -Wnull-dereference -Wstringop-overflow=4 \
	-Warray-bounds=2 -Wstack-usage=16384
TEST_WARNINGS    := -Wno-maybe-uninitialized -Wno-format-truncation

# Which of the flags this compiler knows: asked once, kept per compiler. The goals named here need
# no compiler, or call make again once they have seen to it that there is one.
space := $(subst ,, )
PLAIN := help deps demo test asan valgrind fuzz lint tidy cover format screenshots clean
ifneq ($(filter-out $(PLAIN),$(or $(MAKECMDGOALS),all)),)
KNOWN_MK := $(BUILD)/flags/$(subst /,_,$(subst $(space),_,$(CC))).mk
include $(KNOWN_MK)
endif

$(KNOWN_MK): Makefile
	@mkdir -p $(@D)
	@for flag in $(HARDENING) $(CODEGEN) $(WARNINGS) $(RELEASE_WARNINGS) \
			$(TEST_WARNINGS); do \
		! $(CC) -Werror $$flag -fsyntax-only -x c /dev/null 2>/dev/null || \
			echo "KNOWN += $$flag"; \
	done >$@.new
	@mv $@.new $@

known = $(filter $(1),$(KNOWN))

COMMON := -std=gnu17 -D_GNU_SOURCE -DHUBLINK_VERSION='"$(VERSION)"' -I. -g -pipe -fPIE \
	-ffile-prefix-map=$(CURDIR)=. $(call known,$(CODEGEN)) $(call known,$(WARNINGS)) -Werror
RELEASE_FLAGS := $(COMMON) -O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 \
	$(call known,$(HARDENING)) $(call known,$(RELEASE_WARNINGS))
TEST_FLAGS    := $(COMMON) $(call known,$(TEST_WARNINGS)) -O1 -fno-omit-frame-pointer -U_FORTIFY_SOURCE $(SANITIZE)
# What tests know about where they are: the folders of the programs under test and of the sources.
PLACE_FLAGS   := -DHUBLINK_BUILD='"$(abspath $(TEST))"' -DHUBLINK_SOURCE='"$(CURDIR)"'
LINK_FLAGS    := -pie -Wl,-z,relro,-z,now,-z,noexecstack,-z,separate-code,--as-needed,-z,defs
# -z defs does not go with sanitizers, whose functions come with the run-time library.
TEST_LINK     := -pie -Wl,--as-needed $(SANITIZE)
# What counts is written when a process exits, however it does.
ifneq ($(findstring --coverage,$(SANITIZE)),)
TEST_LINK     += -Wl,--wrap=_exit -Wl,-u,__gcov_dump
# The branches by which libcurl's macros check types are not ours.
TEST_FLAGS    += -DCURL_DISABLE_TYPECHECK
COVER_EXIT    := $(TEST)/obj/tests/support/cover_exit.o
endif

# --- Building ----------------------------------------------------------------------------------

.PHONY: all test-build
all: ## everything but tests: build/hublink and build/hublink-engine
all: $(call release,$(SOURCES)) $(PROGRAMS:%=$(BUILD)/%)
test-build: $(PROGRAMS:%=$(TEST)/%) $(TESTS)

# What a command makes is said instead of the command, unless V is set.
says = $(if $(V)$(findstring s,$(firstword -$(MAKEFLAGS))),,@printf '%-5s %s\n' $(1) $@;)

# Stamps that are made anew only when the flags, or the list of sources, are not what they were.
$(call flags_stamp,release): now := $(CC) $(RELEASE_FLAGS) $(CPPFLAGS) $(CFLAGS) $(LINK_FLAGS) $(LDFLAGS)
$(call flags_stamp,test): now := $(CC) $(TEST_FLAGS) $(PLACE_FLAGS) $(TEST_LINK)
$(call flags_stamp,sources): now := $(SOURCES) $(TEST_SUPPORT)
$(call flags_stamp,schema): now := $(SCHEMA_SQL)
$(BUILD)/flags/%.stamp: FORCE
	@mkdir -p $(@D)
	@echo '$(subst ','\'',$(now))' | cmp -s - $@ || echo '$(subst ','\'',$(now))' >$@
.PHONY: FORCE
FORCE:

$(BUILD)/obj/%.o: %.c $(call flags_stamp,release)
	@mkdir -p $(@D)
	$(call says,cc)$(CC) $(RELEASE_FLAGS) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c $< -o $@

$(TEST)/obj/%.o: %.c $(call flags_stamp,test)
	@mkdir -p $(@D)
	$(call says,cc)$(CC) $(TEST_FLAGS) $(if $(filter tests/%,$<),$(PLACE_FLAGS)) -MMD -MP -c $< -o $@

$(BUILD)/gen/schema.c: db/schema.awk $(SCHEMA_SQL) $(call flags_stamp,schema)
	@mkdir -p $(@D)
	$(call says,gen)LC_ALL=C awk -f $(filter-out %.stamp,$^) >$@

$(BUILD)/gen/%.o: $(BUILD)/gen/%.c $(call flags_stamp,release)
	$(call says,cc)$(CC) $(RELEASE_FLAGS) -MMD -MP -c $< -o $@

$(TEST)/obj/gen/%.o: $(BUILD)/gen/%.c $(call flags_stamp,test)
	@mkdir -p $(@D)
	$(call says,cc)$(CC) $(TEST_FLAGS) -MMD -MP -c $< -o $@

$(BUILD)/hublink: $(call release,$(CLI_MAIN) $(CLI_PARTS)) $(call flags_stamp,sources)
	$(call says,link)$(CC) $(RELEASE_FLAGS) $(LINK_FLAGS) $(LDFLAGS) $(objects) $(CLI_LIBS) -o $@

$(BUILD)/hublink-engine: $(call release,$(ENGINE_MAIN) $(ENGINE_PARTS)) $(call flags_stamp,sources)
	$(call says,link)$(CC) $(RELEASE_FLAGS) $(LINK_FLAGS) $(LDFLAGS) $(objects) $(ENGINE_LIBS) -o $@

# A bench program links what it compares with: the base layer, the rules, SQLite, libcurl.
$(BENCHES): $(BUILD)/bench/%: $(BUILD)/obj/tests/bench/%.o \
		$(call release,$(filter core/base/% core/rules/% db/%,$(PARTS)))
	@mkdir -p $(@D)
	$(call says,link)$(CC) $(RELEASE_FLAGS) $(LINK_FLAGS) $(LDFLAGS) $(objects) $(BASE_LIBS) -lcurl $(BENCH_LIBS) -o $@

# One serves the tests' own stand-in for Uptrends.
$(BUILD)/bench/account: BENCH_LIBS := -lmicrohttpd -lcmocka
$(BUILD)/bench/account: $(call release,$(filter tests/support/uptrends%,$(TEST_SUPPORT)))

$(TEST)/hublink: $(call tested,$(CLI_MAIN) $(CLI_PARTS)) $(COVER_EXIT) $(call flags_stamp,sources)
	$(call says,link)$(CC) $(TEST_LINK) $(objects) $(CLI_LIBS) -o $@

$(TEST)/hublink-engine: $(call tested,$(ENGINE_MAIN) $(ENGINE_PARTS)) $(COVER_EXIT) $(call flags_stamp,sources)
	$(call says,link)$(CC) $(TEST_LINK) $(objects) $(ENGINE_LIBS) -o $@

$(TEST)/parts.a: $(call tested,$(PARTS) $(TEST_SUPPORT)) $(call flags_stamp,sources)
	@rm -f $@
	$(call says,ar)ar qcs $@ $(objects)

# Random histories run on a store of flat arrays, which stands before db/ when it is linked.
$(TEST)/tests/core/judge/histories: $(call tested,$(FLAT_STORE))

# Memory that fails stands before everybody's.
$(addprefix $(TEST)/tests/,db/memory_faults e2e/starved e2e/starved_console e2e/starved_tls): $(call tested,$(FAILING_MEMORY))
# So do statements that fail, before SQLite's own.
$(filter %/statement_faults %/store_faults,$(TESTS)): $(call tested,$(FAILING_SQL))

$(TEST)/tests/fuzz/replay: $(call tested,$(FUZZ_TARGETS))

# Made by clang, in a build folder of its own: see the goal fuzz.
$(FUZZERS): $(BUILD)/fuzz/%: $(TEST)/obj/tests/fuzz/%.o $(TEST)/parts.a
	@mkdir -p $(@D)
	$(call says,link)$(CC) $(TEST_LINK) -fsanitize=fuzzer $(objects) $(TEST_LIBS) -o $@

# Tests of whole programs run those of the same build.
$(filter $(TEST)/tests/e2e/% $(TEST)/tests/tui/%,$(TESTS)): | $(PROGRAMS:%=$(TEST)/%)
$(TESTS): $(TEST)/%: $(TEST)/obj/%.o $(TEST)/parts.a
	@mkdir -p $(@D)
	$(call says,link)$(CC) $(TEST_LINK) $(filter %.o,$^) $(filter %.a,$^) $(TEST_LIBS) -o $@

# The ledger of the storm links nothing of hublink; the engine that is killed is the one shipped.
$(TEST)/ledger: $(TEST)/obj/tests/storm/ledger.o
	$(call says,link)$(CC) $(TEST_LINK) $< -o $@
$(TEST)/tests/e2e/storm: | $(TEST)/ledger $(BUILD)/hublink-engine

# --- Trying it ---------------------------------------------------------------------------------

# Make again, once what is needed is installed: side by side unless told otherwise.
again = $(MAKE) --no-print-directory $(if $(findstring -j,$(MAKEFLAGS)),,-j$(JOBS))

.PHONY: help deps run demo
help: ## list these
	@sed -n 's/^\([a-z0-9 ]*\):.*## /\1\t/p' Makefile | expand -t 12

deps: ## install the Debian packages that are missing to build and test
	@.ci/deps build test

run: all ## build, then start the console
	$(BUILD)/hublink

demo: deps ## a story of two minutes, with a stand-in StatusHub
	@$(again) all
	@packaging/demo $(BUILD)

# --- Checking ----------------------------------------------------------------------------------

UNIT_TESTS := $(filter-out $(TEST)/tests/e2e/%,$(TESTS))

.PHONY: test run-tests e2e hunt asan valgrind run-valgrind lint run-lint tidy run-tidy cover bench bench-peers format screenshots
test asan: deps ## every test, under address and undefined-behaviour sanitizers
	@$(again) test-build
	@$(MAKE) --no-print-directory run-tests

run-tests: test-build
	@# One more than there are processors: a fifth of the time tests wait for something.
	@JOBS=$$(($(JOBS) + 1)) tests/run.sh $(TESTS)

e2e: test-build ## the tests of whole programs
	@JOBS=$(JOBS) tests/run.sh $(filter $(TEST)/tests/e2e/%,$(TESTS))

# SHORT=1: half an hour, most of it fuzzing: more than 20 million runs on two cores.
SHORT        ?=
HUNT_KILLS   ?= $(if $(SHORT),2000,200000)
HUNT_SECONDS ?= 300
hunt: test-build ## what tests only sample: every operation of a failing disk, kills by the hundred thousand, fuzzing
	@$(if $(SHORT),,HUBLINK_HUNT=1 )HUBLINK_KILLS=$(HUNT_KILLS) TIMEOUT_S=86400 JOBS=$(JOBS) \
		tests/run.sh $(addprefix $(TEST)/tests/,db/storage_faults db/memory_faults db/images \
			core/engine/histories core/engine/histories_more \
			core/engine/statement_faults e2e/starved e2e/starved_console e2e/starved_tls e2e/storm)
	@$(MAKE) --no-print-directory fuzz FUZZ_SECONDS=$(HUNT_SECONDS)

valgrind: ## unit tests under valgrind, without sanitizers
	@.ci/deps build test tools
	@$(again) BUILD=$(BUILD)-valgrind SANITIZE= test-build
	@$(MAKE) --no-print-directory BUILD=$(BUILD)-valgrind SANITIZE= run-valgrind

# A history takes half a second there: ten thousand of them, hours. A test that takes allocations
# away does so in a malloc of its own, which valgrind puts its own in the place of. What SQLite
# holds is pointed into, for db/heap.c writes a size before it: only what nothing points to is lost.
run-valgrind: test-build
	@HUBLINK_HISTORIES=$${HUBLINK_HISTORIES:-200} JOBS=$(JOBS) \
		WRAP="valgrind --quiet --error-exitcode=99 --leak-check=full --show-leak-kinds=definite \
			--errors-for-leak-kinds=definite" \
		tests/run.sh $(filter-out %/memory_faults,$(UNIT_TESTS))

FUZZ_SECONDS ?= 10
FUZZ_BUILD   := CC=clang BUILD=$(BUILD)-fuzz \
	SANITIZE='-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all'
fuzz: ## each fuzz target for FUZZ_SECONDS (10), by libFuzzer; what it finds stays in build-fuzz
	@.ci/deps build test fuzz
	@$(again) $(FUZZ_BUILD) fuzzers
	@$(MAKE) --no-print-directory $(FUZZ_BUILD) run-fuzz

.PHONY: fuzz fuzzers run-fuzz
fuzzers: $(FUZZERS)
run-fuzz: fuzzers
	@JOBS=$(JOBS) tests/fuzz/run.sh $(FUZZ_SECONDS) $(FUZZERS)

lint: ## layers, symbols, linked libraries, hardening, banned calls, sizes, layout
	@.ci/deps build lint
	@$(again) run-lint

run-lint: all
	@tests/lint_self.sh
	@tests/run_self.sh
	@BUILD=$(BUILD) tests/lint.sh

ANALYZER := -fanalyzer $(addprefix -Werror=analyzer-,double-free use-after-free \
	free-of-non-heap mismatching-deallocation double-fclose file-leak \
	stale-setjmp-buffer unsafe-call-within-signal-handler write-to-const)
PLAIN_FLAGS := -std=gnu17 -D_GNU_SOURCE -DHUBLINK_VERSION='"$(VERSION)"' -I.
each_source  = printf '%s\n' $(SOURCES) | xargs -I {} -P $(JOBS)
tidy: ## clang-tidy, cppcheck and GCC's analyzer
	@.ci/deps build tools
	@$(again) run-tidy

# What may be NULL clang knows better than GCC 12. getpwuid is not reentrant, and only ever called by
# the one thread that starts a program; readdir is, for a folder of one's own; cppcheck does not know
# the attribute by which a scope closes what it opened.
run-tidy: all
	$(each_source) clang-tidy --quiet {} -- $(PLAIN_FLAGS)
	cppcheck --quiet -j $(JOBS) --enable=warning,portability,performance \
		--library=posix,gnu --inline-suppr --error-exitcode=1 \
		--suppress=getpwuidCalled --suppress=readdirCalled --suppress=resourceLeak \
		$(filter-out -std=%,$(PLAIN_FLAGS)) core db tui
	$(each_source) timeout 60 gcc $(PLAIN_FLAGS) -O2 $(ANALYZER) -S {} -o - >/dev/null

# A test that takes memory or descriptors away takes them from the counting, too, and may fail here.
cover: ## what the tests reach: branches per folder, lines that none does, cover/index.html
	@.ci/deps build test tools
	@$(again) BUILD=$(BUILD)-cover SANITIZE=--coverage test-build
	@find $(BUILD)-cover -name '*.gcda' -delete
	-@$(MAKE) --no-print-directory BUILD=$(BUILD)-cover SANITIZE=--coverage run-tests
	@tests/cover.sh $(BUILD)-cover

bench: all $(BENCHES) ## speed and memory, as ratios to bare loops
	@.ci/deps bench
	@BUILD=$(BUILD) tests/bench/run.sh $(ONLY)

bench-peers: all $(BENCHES) ## the same beside Prometheus Alertmanager and curl: a table of ratios with their goals
	@.ci/deps peers
	@BUILD=$(BUILD) tests/bench/peers.sh $(ONLY)

format: ## lay out every source as .clang-format says
	@.ci/deps lint
	clang-format -i $(strip $(foreach d,core db tui tests,$(call every,$(d),c) $(call every,$(d),h)))

.PHONY: guides
guides: $(BUILD)/hublink ## the manual page, completions and the README's table of commands
	@packaging/guides $(BUILD)/hublink

screenshots: ## the pictures of the README, of every screen
	@.ci/deps build test
	@$(again) $(TEST)/hublink $(TEST)/hublink-engine $(TEST)/tests/e2e/pictures
	@mkdir -p screenshots
	@HUBLINK_PICTURES=screenshots $(TEST)/tests/e2e/pictures
	@! command -v rsvg-convert >/dev/null || for svg in screenshots/*.svg; do \
		rsvg-convert --zoom 1.5 --output "$${svg%.svg}.png" "$$svg"; done

# --- Installing --------------------------------------------------------------------------------

place = install -D -m $(1) $(2) '$(DESTDIR)$(PREFIX)/$(3)'
.PHONY: install clean
install: all ## to PREFIX (/usr/local), below DESTDIR
	$(call place,755,$(BUILD)/hublink,bin/hublink)
	$(call place,755,$(BUILD)/hublink-engine,libexec/hublink/hublink-engine)
	$(if $(wildcard packaging/hublink.1),\
		$(call place,644,packaging/hublink.1,share/man/man1/hublink.1))
	$(if $(wildcard packaging/hublink-document.5),\
		$(call place,644,packaging/hublink-document.5,share/man/man5/hublink-document.5))
	$(if $(wildcard packaging/hublink.bash),\
		$(call place,644,packaging/hublink.bash,share/bash-completion/completions/hublink))
	$(if $(wildcard packaging/hublink.zsh),\
		$(call place,644,packaging/hublink.zsh,share/zsh/site-functions/_hublink))
	$(if $(wildcard packaging/hublink.fish),\
		$(call place,644,packaging/hublink.fish,share/fish/vendor_completions.d/hublink.fish))
	$(if $(wildcard packaging/hublink.service),\
		sed 's|/usr/local|$(PREFIX)|g' packaging/hublink.service | \
			$(call place,644,/dev/stdin,lib/systemd/system/hublink.service))

.PHONY: deb deb-check
deb: all ## a Debian package, in the build folder
	@.ci/deps build deb
	@packaging/deb $(VERSION) $(BUILD)

deb-check: deb ## lintian, and installing, running and removing it in a folder
	@packaging/deb_check $(BUILD)/hublink_$(VERSION)_$$(dpkg --print-architecture).deb

clean: ## remove what was built
	rm -rf $(BUILD) $(BUILD)-fuzz $(BUILD)-valgrind $(BUILD)-cover cover

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
