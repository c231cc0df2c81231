#!/bin/sh
# Sees to what the tests need and no Python package brings: a browser, Chinese fonts, a web server, git, rsync, keys.
# As root on Debian it installs what is missing; elsewhere it names it and fails.
set -eu

missing=''
have() { command -v "$1" >/dev/null 2>&1 || [ -x "/usr/sbin/$1" ]; }
can_install() { [ "$(id -u)" -eq 0 ] && have apt-get; }
# Chromium's shell is the same engine without a window, and does the same with half the work.
have chromium-headless-shell || { have chromium && ! can_install; } || missing="$missing chromium-headless-shell"
# Playwright brings a node of its own, which needs this library.
ls /usr/lib/*/libatomic.so.1 >/dev/null 2>&1 || ! can_install || missing="$missing libatomic1"
have git || missing="$missing git"
have nginx || missing="$missing nginx"
have rsync || missing="$missing rsync"
have shellcheck || missing="$missing shellcheck"
have ssh-keygen || missing="$missing openssh-client"
have strace || missing="$missing strace"
have unzip || missing="$missing unzip"
fc-list :lang=zh-cn family 2>/dev/null | grep -q . || missing="$missing fontconfig fonts-noto-cjk"
[ -n "$missing" ] || exit 0

if ! can_install; then
  echo "缺少系统软件包 (system packages are missing)：${missing# }" >&2
  exit 1
fi

# Debian starts nginx as it installs it. A policy that says 101 (action forbidden) keeps port 80 shut.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  trap 'rm -f "$policy"' EXIT
  trap 'exit 1' HUP INT TERM
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod 755 "$policy"
fi

echo "安装系统软件包 (installing system packages)：${missing# }"
export DEBIAN_FRONTEND=noninteractive
apt-get -qq update
# shellcheck disable=SC2086 # a list of names
apt-get -qq install --yes --no-install-recommends $missing >/dev/null
