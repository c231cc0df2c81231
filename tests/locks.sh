#!/bin/sh
# Installs every lock into an empty environment, as the index is today, with the oldest pip that is supported:
# the one of Debian 12, or on a later Python, where that one doesn't run, the one that this Python brings.
# With another: sh tests/locks.sh .venv/bin/python 26.3
set -eu

python=$1
oldest='import ensurepip, sys; print(ensurepip.version() if sys.version_info >= (3, 12) else "23.0.1")'
version=${2:-$("$python" -c "$oldest")}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM

try_lock() {
  place="$folder/$(basename "$1")"
  pip() { PYTHONPATH="$folder/pip" "$place/bin/python" -m pip --quiet --quiet --disable-pip-version-check "$@"; }
  "$python" -m venv --without-pip "$place" &&
    pip install --require-hashes --no-deps --no-compile --requirement "$1" &&
    pip check &&
    echo "$1：用 pip $version 装得上，彼此相合 (installs, and its packages fit each other)。"
}

"$python" -m pip --quiet --quiet install --no-deps --target "$folder/pip" "pip==$version"
started=''
for lock in requirements.lock requirements-dev.lock tests/archive/replay.lock; do
  try_lock "$lock" &
  started="$started $!"
done
for one in $started; do
  wait "$one" || { echo "有锁定文件用 pip $version 装不上，见上面的话。改法：make lock，再试一次 (a lock does not install: make lock, then try again)。" >&2; exit 1; }
done
