# 报库 Baoku. The two commands are `make serve` and `make test`; `make help` lists the rest.
PYTHON ?= python3
VENV   ?= .venv
PAGES  ?= data/sample
HOST   ?= 127.0.0.1
PORT   ?= 8000

BIN := $(VENV)/bin
# The pages of each folder have an index of their own; the sample archive has var/index.
INDEX ?= $(if $(filter data/sample,$(PAGES)),var/index,var/index-$(shell printf %s "$$(realpath "$(PAGES)")" | cksum | cut -d' ' -f1))

.PHONY: help serve test test-whooshes check audit quality bench torture together fuzz lock pictures clean

help:
	@echo "make serve [PAGES=folder] [PORT=8000]   安装、索引并打开 http://$(HOST):$(PORT)"
	@echo "make test                               安装所需并运行全部测试"
	@echo "make check                              ruff、mypy 与 bandit"
	@echo "make audit                              所用的库有没有已知的漏洞（要能连 pypi.org）"
	@echo "make quality [ARGS='tuned --faults']    版面切得、认得对不对：各集的分数"
	@echo "make bench [WHAT=compare] [ARGS='--corpus FILE']  基准测试；compare 与别的引擎比较"
	@echo "make torture [ARGS='--kills 20']         写索引时杀进程、断电、磁盘报错：索引还在不在"
	@echo "make fuzz [ARGS='--inputs 100000 --jobs 2']  一百万份坏数据：坏检索式、坏版面、坏索引、坏网址"
	@echo "make together [ARGS='--minutes 2']       一边写一边查：每个答案都属于写好的某一版"
	@echo "make test-whooshes                      在另两种 Whoosh 上测试引擎"
	@echo "make lock                               重新锁定依赖版本"
	@echo "make pictures                           用样报重拍 docs/images 里的图"

serve: $(VENV)/.installed
	@$(BIN)/baoku index "$(PAGES)" --index "$(INDEX)" || [ $$? -eq 1 ]
	@$(BIN)/baoku serve --index "$(INDEX)" --host $(HOST) --port $(PORT)

test: $(VENV)/.tested-with
	@$(BIN)/python -m tests.e2e.chromium
	$(BIN)/python -m pytest $(ARGS)

# B704 is Markup, which tests/webui/test_hostile.py looks at: whatever a reader types, nothing of it is run.
check: $(VENV)/.tested-with
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/bandit -q -ll -s B704 -r search indexer webui commands data tools baoku.py

# Asks the advisory service of PyPI (pypi.org/pypi/NAME/VERSION/json); a mirror of packages alone does not have it, and
# then this fails instead of saying that all is well.
audit: $(VENV)/.tested-with
	$(BIN)/pip-audit --strict --disable-pip --require-hashes -r constraints.txt

quality: $(VENV)/.tested-with
	@$(BIN)/python -m tests.quality $(ARGS)

bench: $(VENV)/.installed
	$(BIN)/python -m benchmarks $(or $(WHAT),run) $(ARGS)

torture: $(VENV)/.tested-with
	@$(BIN)/python -m tests.torture $(ARGS)

# atheris guides a part of the inputs by what they reach; where it has no wheel, none are.
fuzz: $(VENV)/.tested-with
	-@$(BIN)/pip install -q --disable-pip-version-check "atheris>=3.0"
	@$(BIN)/python -m tests.fuzz $(ARGS)

together: $(VENV)/.tested-with
	@$(BIN)/python -m tests.torture.together $(ARGS)

lock: $(VENV)/.tested-with
	$(BIN)/pip install -q pip-tools
	$(BIN)/pip-compile -q $(LOCK) -o constraints.txt setup.cfg
	$(BIN)/pip-compile -q $(LOCK) --extra test --extra dev -o constraints-dev.txt setup.cfg

pictures: $(VENV)/.tested-with
	@$(BIN)/pip install -q --disable-pip-version-check pillow
	@$(BIN)/python -m tools.pictures

LOCK := --generate-hashes --allow-unsafe --strip-extras --no-header \
        --no-emit-index-url --no-emit-trusted-host --no-emit-find-links

clean:
	rm -rf $(VENV) var build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "报库需要 Python 3.11 或更新的版本；用 make PYTHON=python3.12 指定 (Python 3.11+ is needed)"; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { echo "建不了虚拟环境；Debian 上请先 apt install python3-venv"; exit 2; }

# The locked versions, checked by hash, then the project itself.
$(VENV)/.installed: constraints.txt setup.cfg | $(VENV)/bin/python
	@echo "安装依赖 …… (installing)"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r constraints.txt
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps -e .
	@touch $@

$(VENV)/.tested-with: constraints-dev.txt setup.cfg | $(VENV)/bin/python
	@echo "安装测试所需 …… (installing)"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r constraints-dev.txt
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps -e .
	@touch $@ $(VENV)/.installed

# The same engine on the two other distributions that are imported as whoosh; their index formats are the same.
test-whooshes: $(VENV)/.tested-with
	@for other in Whoosh-Reloaded==2.7.5 whoosh3==3.54.0; do \
	  echo "== $$other"; rm -rf $(VENV)-whoosh; $(PYTHON) -m venv $(VENV)-whoosh; \
	  $(VENV)-whoosh/bin/pip install -q --disable-pip-version-check --require-hashes -r constraints-dev.txt && \
	  $(VENV)-whoosh/bin/pip uninstall -q -y whoosh && \
	  $(VENV)-whoosh/bin/pip install -q --disable-pip-version-check $$other && \
	  $(VENV)-whoosh/bin/python -m pytest tests/search || exit 1; \
	done; rm -rf $(VENV)-whoosh
