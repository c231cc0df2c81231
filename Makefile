# What each target does: make help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# A whole file of tests goes to one worker, so that what it needs is built once; tests/conftest.py puts them in order.
PYTEST_FLAGS ?= -n logical --dist loadfile --no-loadscope-reorder --cov
LOCK_FLAGS ?=
SHOTS_FLAGS ?=
BENCH_FLAGS ?=

export NO_MKDOCS_2_WARNING := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# Where what the demo has published is on record.
DEMO := --records tests/demo/records

PIP := $(BIN)/python -m pip --quiet --quiet
SITE := $(VENV)/.site-stamp
DEV := $(VENV)/.dev-stamp
REPLAY := $(VENV)/replay/.stamp
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	--custom-compile-command 'make lock' $(LOCK_FLAGS) pyproject.toml

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help site serve demo test dev check locks bench torture shots schema lock wheel clean

help: ## 列出这些命令 | list these commands
	@awk -F ':.*## | [|] ' '/^[a-z]+:.*## / { printf "make %-8s %s\n%14s%s\n", $$1, $$2, "", $$3 }' $(MAKEFILE_LIST)

site: $(SITE) ## 从零开始：安装程序，检查内容，生成 site/ | from nothing: install the program, check the content, build site/
	@$(BIN)/gongkai check $(DEMO)
	@$(BIN)/gongkai build $(DEMO)
	@echo '网站在 site/。预览：make serve，再用浏览器打开它给出的地址。'
	@echo 'The site is in site/. To see it: make serve, then open the address that it prints.'

serve: $(SITE) ## 本机预览，改动内容后自动刷新 | preview on this machine; pages follow every change of the content
	@$(BIN)/gongkai serve $(DEMO)

demo: $(SITE) ## 演示内容改了以后：把它的发布从头演一遍，重新写出它的发布记录 | after a change of content/: play the demo's publications again and write its records
	@$(BIN)/python -m tests.demo.play

test: $(DEV) $(REPLAY) ## 全部测试，并给出分支覆盖率 | all tests, with branch coverage
	@sh tests/system-packages.sh
	@$(BIN)/pytest $(PYTEST_FLAGS)

dev: $(DEV) ## 把开发用的工具装进 .venv | install the tools of development into .venv

check: $(DEV) ## 代码风格、类型、各目录的先后次序 | style, types, the order of rooms
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --quiet --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

locks: | $(BIN)/pip ## 用所支持的最旧的 pip，把每份锁定文件装进空的环境 | install each lock into an empty environment with the oldest pip that is supported
	@sh tests/locks.sh $(BIN)/python

bench: $(DEV) ## 测量生成、发布、搜索和归档的速度，和别的网站程序比；只测几种份数：make bench BENCH_FLAGS='100 1000' | measure building and publishing beside other engines, searching, archiving; of some sizes alone: make bench BENCH_FLAGS='100 1000'
	@sh tests/system-packages.sh
	@$(BIN)/python -m tests.bench.run $(BENCH_FLAGS)
	@$(BIN)/python -m tests.bench.search
	@$(BIN)/python -m tests.bench.archiving

torture: $(DEV) ## 长时间折磨发布主机和网页：切换、中断、同时推送、上千份通报；约一小时 | strain a host and its pages: switches, kills, pushes at once, a thousand notices; about an hour
	@sh tests/system-packages.sh
	@$(BIN)/python tests/torture/switching.py
	@$(BIN)/python tests/torture/kills.py
	@$(BIN)/python tests/torture/pushes.py
	@$(BIN)/python tests/torture/purging.py
	@$(BIN)/python tests/torture/records.py
	@$(BIN)/python tests/torture/calls.py
	@$(BIN)/python tests/torture/pages.py

shots: $(DEV) ## 给各种状态的网页拍图，放进 shots/；只拍一种：make shots SHOTS_FLAGS='--only open' | pictures of every page in every state, in shots/; of one: make shots SHOTS_FLAGS='--only open'
	@sh tests/system-packages.sh
	@$(BIN)/python tests/shots/run.py $(SHOTS_FLAGS)

schema: $(SITE) ## 重新生成通报的 JSON Schema | write the JSON Schemas of the content again
	@$(BIN)/gongkai schema

lock: $(DEV) ## 重新锁定依赖；全部升级：make lock LOCK_FLAGS=--upgrade | lock the dependencies again; to upgrade all: make lock LOCK_FLAGS=--upgrade
	@$(COMPILE) --group dev --output-file requirements-dev.lock
	@$(COMPILE) --group build --constraint requirements-dev.lock --output-file requirements.lock
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
		--custom-compile-command 'make lock' $(LOCK_FLAGS) tests/archive/replay.in --output-file tests/archive/replay.lock

wheel: $(SITE) ## 在 dist/ 里生成安装包 | build the package to install, in dist/
	@$(BIN)/hatchling build --target wheel

clean: ## 删除生成的文件，保留 .venv | delete what was made, but for .venv
	@rm -rf site shots build dist .cache .coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

# pip comes last into a new environment, so an interrupted one is made again.
$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit("需要 Python 3.11 以上 (needs Python 3.11 or newer)：make PYTHON=python3.11 …" if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m venv $(VENV)

$(SITE): requirements.lock pyproject.toml | $(BIN)/pip
	@echo '安装 requirements.lock … (installing)'
	@$(PIP) install --require-hashes --no-deps --requirement requirements.lock
	@$(PIP) install --no-build-isolation --no-deps --editable .
	@touch $@

# Apart from all else: it brings packages whose names are ours, such as tests.
$(REPLAY): tests/archive/replay.lock | $(BIN)/pip
	@echo '安装 tests/archive/replay.lock … (installing)'
	@$(BIN)/python -m venv --clear $(VENV)/replay
	@$(VENV)/replay/bin/python -m pip --quiet --quiet install --require-hashes --no-deps --requirement tests/archive/replay.lock
	@touch $@

# What the site needs is in this lock too, at the same versions.
$(DEV): requirements-dev.lock requirements.lock pyproject.toml | $(BIN)/pip
	@echo '安装 requirements-dev.lock … (installing)'
	@$(PIP) install --require-hashes --no-deps --requirement requirements-dev.lock
	@$(PIP) install --no-build-isolation --no-deps --editable .
	@touch $(SITE) $@
