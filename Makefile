# Everything that is done with this project. `make` alone lists it.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c

# What Debian lacks to build clusterbot, and what the tests use besides.
BUILD_PACKAGES := libcurl4-openssl-dev libsqlite3-dev pkg-config
TEST_PACKAGES := chromium-headless-shell curl debootstrap gcc openssl prometheus python3 python3-venv systemd-container
# The judges: official client libraries that check what clusterbot says and understands.
JUDGES := cedarpy==4.12.2 slack_sdk==3.47.0 playwright==1.65.2 kubernetes-validate==1.37.0
VENV := .build-judges
# What it is measured against.
BENCH_PACKAGES := gcc golang-go golang-github-slack-go-slack-dev python3 python3-venv
BENCH_CLIENTS := slack_bolt==1.30.0 aiohttp==3.14.5 uvicorn==0.54.0 uvloop==0.23.0 httptools==0.9.0
BENCH_VENV := .build-bench
IMAGE_BUILD := .build-image
TORTURE := .build-torture
# The suites in which the service is killed, stopped, ended and starved, and those who judge that.
CRASHES := AskingCrashTests|FreezeCrashTests|OfferCrashTests|FollowingCrashTests|CrashPointTests|CrashJudgeTests|StoppedProcessTests|TerminationTests|FailingDiskTests|DescriptorTests
# What is looked through for data races, in a build of its own without the web server, and a program that has one.
RACES := CurlHTTPTests BotStoreTests BotEngineTests OutcomeTests
# Much work of one thread, which takes minutes there and shows nothing.
RACELESS := EveryMessageTests|HistoryTamperTests|emptiesTheLogAsItGrows
RACES_BUILD := .build-races

.PHONY: help
help: ## list what there is
	@grep -hE '^[a-z-]+:.*## ' Makefile | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

.PHONY: demo
demo: deps ## play with it: the page in the browser; ARGS=--play plays in the terminal
	@swift build --product clusterbot
	@"$$(swift build --show-bin-path)/clusterbot" demo $(ARGS)

# In parts, so that the scenarios with deadlines do not compete with the others for two cores.
# As few tests at once as there is work for two cores: with hundreds, each waits half a minute for its turn.
export SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH := 8
RUN = test -e .build/built; swift test --skip-build --disable-xctest
REST := EndToEndTests.(?!$(CRASHES)|AnswerInTimeTests|DemoPaceTests|HostileNetworkTests)
define PARTS
lint         $(MAKE) --no-print-directory lint
image        $(MAKE) --no-print-directory image
samples      $(MAKE) --no-print-directory samples
package      $(MAKE) --no-print-directory package
races        $(MAKE) --no-print-directory races
build        rm -f .build/built; swift build --build-tests --explicit-target-dependency-import-check error; touch .build/built
http         $(RUN) --filter CurlHTTPTests
modules      $(RUN) --skip CurlHTTPTests --skip BotEngineTests --skip EndToEndTests --skip FaultTests --skip SimulationTests
simulation   $(RUN) --filter SimulationTests
engine       $(RUN) --filter BotEngineTests
faults       $(RUN) --filter FaultTests
end-to-end   $(RUN) --filter '$(REST)'
in-time      $(RUN) --filter 'EndToEndTests.(AnswerInTimeTests|DemoPaceTests)'
hostile      $(RUN) --filter EndToEndTests.HostileNetworkTests
crashes      $(RUN) --filter 'EndToEndTests.($(CRASHES))'
endef

.PHONY: test
test: export PARTS := $(PARTS)
test: deps judges ## run all tests, with what they need, each part whatever became of the others
	@JUDGES_PYTHON="$(CURDIR)/$(VENV)/bin/python" Tests/parts.sh <<<"$$PARTS"

# Each is run by itself there.
SUITES := $(filter-out EndToEndTests,$(notdir $(wildcard Tests/*Tests))) \
	'$(REST)' 'EndToEndTests.(AnswerInTimeTests|DemoPaceTests)' EndToEndTests.HostileNetworkTests 'EndToEndTests.($(CRASHES))'

.PHONY: busy
busy: deps judges ## run the suites TIMES times (10) while the machine has other things to do; SUITES=... only some
	@$(call install,stress-ng)
	@swift build --build-tests
	@JUDGES_PYTHON="$(CURDIR)/$(VENV)/bin/python" Tests/busy.sh $(or $(TIMES),10) $(SUITES)

.PHONY: wording
wording: toolchain ## write the pages in Tests/Wording anew: every text that people read, for a look at what changed
	@swift build --build-tests
	@WORDING=write swift test --skip-build --disable-xctest --filter BotEngineTests.StoryWordingTests --filter BotEngineTests.WordingTests
	@git diff --stat -- Tests/Wording

SIMULATE_BUILD := .build-simulate

.PHONY: simulate
simulate: toolchain ## live through SEEDS (100000) simulated worlds from FROM (1) on; with TRACE=1 through one, told aloud
	@export TARGETS=simulate; swift build -c release --product simulate --scratch-path $(SIMULATE_BUILD); \
	"$$(swift build -c release --scratch-path $(SIMULATE_BUILD) --show-bin-path)/simulate" \
	--from $(or $(FROM),1) $(if $(TRACE),--trace,--seeds $(or $(SEEDS),100000))

.PHONY: mistakes
mistakes: toolchain ## put classical mistakes into the sources, one after the other, and see each found by the simulation or the tests
	@Tests/Mistakes/run.sh $(or $(SEEDS),200)

.PHONY: policy
policy: deps judges ## compare REQUESTS (100000) decisions with a slow reference in Python, and a fifth of that with Cedar
	@export TARGETS=PolicyBatch; swift build --product PolicyBatch --scratch-path .build-policy; \
	program="$$(swift build --scratch-path .build-policy --show-bin-path)/PolicyBatch"; judge=Tests/Judges/policy_judge.py; \
	"$(VENV)/bin/python" $$judge "$$program" --requests $(or $(REQUESTS),100000) $(if $(SEED),--seed $(SEED)); \
	"$(VENV)/bin/python" $$judge "$$program" --requests $$(($(or $(REQUESTS),100000) / 5)) --cedar $(if $(SEED),--seed $(SEED))

.PHONY: races
races: deps ## look for data races in libcurl's wrapper, store and engine with the thread sanitizer
	@export TARGETS="$$(tr ' ' , <<<'$(RACES) RaceControl')" TSAN_OPTIONS='exitcode=66 halt_on_error=0'; \
	options=(--sanitize=thread --scratch-path $(RACES_BUILD)); \
	swift build --build-tests "$${options[@]}"; \
	status=0; "$$(swift build "$${options[@]}" --show-bin-path)/RaceControl" 2>$(RACES_BUILD)/control.txt || status=$$?; \
	if ((status != 66)) || ! grep -q 'data race.*RaceControl' $(RACES_BUILD)/control.txt; then \
		echo "The thread sanitizer does not find the race that is there (exit $$status):" >&2; \
		cat $(RACES_BUILD)/control.txt >&2; exit 1; \
	fi; \
	echo "The race in the control was found. Now those that must not be there:"; \
	status=0; for target in $(RACES); do \
		swift test --skip-build --disable-xctest "$${options[@]}" --filter "$$target" --skip '$(RACELESS)' || status=$$?; \
	done; exit $$status

.PHONY: torture
torture: deps judges ## kill it TIMES times (200) at each of 28 points, JOBS at once (3); called again, it goes on
	@swift build --build-tests
	@mkdir -p $(TORTURE)
	@status=0; JUDGES_PYTHON="$(CURDIR)/$(VENV)/bin/python" TORTURE_RESULTS="$(CURDIR)/$(TORTURE)/results.jsonl" \
	TORTURE_TIMES=$(or $(TIMES),200) TORTURE_JOBS=$(or $(JOBS),3) \
	swift test --skip-build --disable-xctest --filter EndToEndTests.CrashPointTests || status=$$?; \
	"$(VENV)/bin/python" Tests/Judges/torture_figures.py $(TORTURE)/results.jsonl; exit $$status

.PHONY: bench
bench: deps bench-tools ## measure speed, memory and start-up, beside servers that store nothing
	@build() { BENCH=1 swift build -c release --static-swift-stdlib --scratch-path $(IMAGE_BUILD) "$$@"; }; \
	build --product clusterbot; build --product BareHummingbird; folder="$$(build --show-bin-path)"; \
	"$(BENCH_VENV)/bin/python" Tests/Bench/bench.py "$$folder/clusterbot" "$$folder/BareHummingbird"

.PHONY: bench-tools
bench-tools:
	@$(call install,$(BENCH_PACKAGES))
	@$(call venv,$(BENCH_VENV),slack_bolt uvicorn uvloop httptools,$(BENCH_CLIENTS))

.PHONY: fuzz
fuzz: deps ## make up hostile input, a minute for each target: SECONDS=600 for longer
	@Tests/Fuzz/run.sh $(or $(SECONDS),60)

.PHONY: disk
disk: deps judges ## cut the power CUTS times (10000) under the store, and fail every write of the service
	@swift build --build-tests
	@CUTS=$(or $(CUTS),10000) swift test --skip-build --disable-xctest --filter PowerCutTests
	@JUDGES_PYTHON="$(CURDIR)/$(VENV)/bin/python" EVERY_WRITE=1 \
	swift test --skip-build --disable-xctest --filter FailingDiskTests

.PHONY: lint
lint: toolchain ## check the format of the sources, and that the deliberate mistakes still fit
	@swift format lint --strict --recursive Package.swift Sources Tests
	@git apply --check Tests/Mistakes/*.patch || { \
		echo "A mistake under Tests/Mistakes no longer fits the sources it is to be put into: make its patch anew." >&2; exit 1; }

.PHONY: format
format: toolchain ## put the sources into the project's format
	@swift format --in-place --recursive Package.swift Sources Tests

.PHONY: deps
deps: toolchain ## install what Debian lacks to build clusterbot
	@$(call install,$(BUILD_PACKAGES))

.PHONY: judges
judges: ## install the tests' tools and, in a folder of their own, the official client libraries
	@$(call install,$(TEST_PACKAGES))
	@$(call venv,$(VENV),cedarpy slack_sdk playwright kubernetes_validate,$(JUDGES))

# The one release build, of which image, tarball and Debian package are made.
RELEASE = swift build -c release --static-swift-stdlib --scratch-path $(IMAGE_BUILD)
AS_ROOT = sudo=; ((EUID == 0)) || sudo=sudo; $$sudo

.PHONY: image
image: deps judges ## build as the Dockerfile does and run it in a bare Debian as an ordinary user
	@$(RELEASE) --product clusterbot
	@$(AS_ROOT) Tests/Image/run.sh "$$($(RELEASE) --show-bin-path)/clusterbot"

.PHONY: release
release: deps ## make the tarball and the Debian package of this machine's architecture, in dist
	@$(RELEASE) --product clusterbot
	@config/release.sh "$$($(RELEASE) --show-bin-path)/clusterbot"

.PHONY: package
package: release judges ## boot a bare Debian, install the package there, and go by the handbook's page to the first command
	@$(AS_ROOT) Tests/package.sh

.PHONY: samples
samples: judges ## check the samples for Prometheus and Kubernetes; those for systemd and proxies run in `make package`
	@promtool check config config/prometheus/prometheus.yml
	@promtool test rules Tests/Package/alerts_test.yml
	@"$(VENV)/bin/python" Tests/Package/kubernetes.py config/kubernetes/clusterbot.yaml

.PHONY: toolchain
toolchain:
	@command -v swift >/dev/null || { \
		echo "There is no Swift here. Install the Swift 6.3 toolchain from https://www.swift.org/install/linux/ and put its usr/bin into PATH." >&2; \
		exit 1; }

# Installs the Debian packages that are not there yet, and says so.
define install
missing=(); for package in $(1); do \
	dpkg-query -W -f='$${Status}' "$$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$$package"); done; \
if (($${#missing[@]})); then \
	echo "Installing Debian packages: $${missing[*]}"; \
	sudo=; ((EUID == 0)) || sudo=sudo; \
	$$sudo apt-get update -qq; \
	$$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$${missing[@]}" >/dev/null; \
fi
endef

# Installs client libraries into a folder of their own, unless their modules are there.
define venv
if ! "$(1)/bin/python" -c 'import sys; [__import__(name) for name in sys.argv[1:]]' $(2) 2>/dev/null; then \
	echo "Installing $(3) into $(1)"; \
	python3 -m venv "$(1)"; \
	"$(1)/bin/pip" install --quiet --disable-pip-version-check $(3); \
fi
endef
