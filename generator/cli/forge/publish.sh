#!/bin/sh
# 检查、生成、上传网站。各平台的流水线都只调用它；信息技术人员也可以在自己的电脑上运行。
#
#   sh publish.sh         检查、生成、上传
#   sh publish.sh check   只检查，不生成，不上传；合并请求用
#
# 仓库可以是整个网站（里面有 content/），也可以只放内容（site.yml 在最外层）。脚本自己认，流水线不用改。
#
# 设置写在平台的变量里，都可以不写：
#
#   GONGKAI_UPLOAD      上传到哪里。
#                       不写：网站留在 public/，由平台的 Pages 发布。
#                       rsync:用户@主机:/srv/xcgk：用 SSH 上传，网页服务器的根目录设为 /srv/xcgk/current。
#                       rsync:/srv/xcgk：就放在这台机器上。
#   GONGKAI_KEEP        那里留几个版本，默认 10。
#   GONGKAI_SSH_KEY     SSH 私钥，或者存着私钥的文件。设为保密的变量。
#   GONGKAI_SSH_HOSTS   主机的公钥，known_hosts 的写法，用 ssh-keyscan 取得后核对。写了私钥就必须写。
#   GONGKAI_SSH_PORT    SSH 端口，默认 22。
#   GONGKAI_RUN         这次运行的编号，后来的比先来的大。GitHub、GitLab、Gitea 自己有编号，不用写。
#   GONGKAI_FORCE       写成 1：那里的版本比这次的新，也换成这次的。用过就删掉。
#   GONGKAI_RECORDS     发布记录推到哪个仓库的 records 分支。不写就是这个仓库自己。
#                       推送要有权限：GitHub 和 Gitea 的流水线自己有；GitLab 要写成带令牌的仓库地址，
#                       令牌要有 write_repository 权限，设为保密的变量。写法见 docs/forge.md。
#                       写成 no：不留记录。公开过的通报悄悄改了，也不会有人知道。
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/gongkai.XXXXXX")
trap 'rm -rf "$work"; git -C "$here" worktree prune 2>/dev/null || :' EXIT
trap 'exit 1' HUP INT TERM

fail() {
  printf '没有发布：%s\n' "$1" >&2
  exit 1
}

# 网站所在的文件夹：里面有 content/。
find_site() {
  if [ -d "$here/content" ]; then
    site=$here
    return
  fi
  [ -f "$here/site.yml" ] || fail "$here 里没有 content/，也没有 site.yml。"
  # 仓库就是内容：抄一份，放进名叫 content 的文件夹。以“.”开头的不抄；链接照原样抄，由检查拒绝。
  site=$work/site
  mkdir -p "$site/content"
  for entry in "$here"/*; do
    case ${entry##*/} in
    publish.sh | requirements.txt | gongkai-*.whl | public) ;;
    *) cp -RP "$entry" "$site/content/" ;;
    esac
  done
}

# 取来发布记录：什么时候公开过什么。还没有的，从这一次起记。
find_records() {
  records=''
  [ "${GONGKAI_RECORDS:-}" != no ] || return 0
  remote=${GONGKAI_RECORDS:-origin}
  [ "$remote" != origin ] || git -C "$here" remote get-url origin >/dev/null 2>&1 || remote=$here
  found=0
  git -C "$here" ls-remote --exit-code "$remote" refs/heads/records >/dev/null || found=$?
  case $found in
  0)
    git -C "$here" fetch --quiet --depth=1 "$remote" +refs/heads/records:refs/gongkai/records ||
      fail '取不到发布记录（records 分支）。'
    start=refs/gongkai/records
    ;;
  2) start=$(git -C "$here" mktree </dev/null | xargs git -C "$here" -c user.name=gongkai \
    -c user.email=gongkai@localhost commit-tree -m 发布记录) || fail '建不了发布记录（records 分支）。' ;;
  *) fail '连不上仓库，取不到发布记录（records 分支）。' ;;
  esac
  git -C "$here" worktree add --quiet --detach "$work/records" "$start" || fail '取不出发布记录（records 分支）。'
  records=$work/records
}

# 换上以前先把这次的记录推上去：宁可记了没换上，不可换上了没有记。
push_records() {
  [ -n "$records" ] || return 0
  git -C "$records" add --all --force
  ! git -C "$records" diff --cached --quiet || return 0
  git -C "$records" -c user.name=gongkai -c user.email=gongkai@localhost commit --quiet -m "$(date -u +%Y-%m-%dT%H:%MZ)"
  git -C "$records" push --quiet "$remote" HEAD:refs/heads/records ||
    fail '发布记录推不上去：别的流水线刚刚发布过（再运行一次就行），或者没有推送的权限（见 GONGKAI_RECORDS 的说明）。'
}

read_settings() {
  host='' folder='' keep=${GONGKAI_KEEP:-10}
  case $keep in '' | 0* | *[!0-9]*) fail "GONGKAI_KEEP 应当是从 1 起的数。" ;; esac
  case ${GONGKAI_UPLOAD:-} in
  '') return ;;
  rsync:*:*)
    folder=${GONGKAI_UPLOAD#rsync:*:}
    host=${GONGKAI_UPLOAD#rsync:}
    host=${host%%:*}
    ;;
  rsync:*) folder=${GONGKAI_UPLOAD#rsync:} ;;
  *) fail "GONGKAI_UPLOAD 应当像 rsync:用户@主机:/srv/xcgk，或者不写。" ;;
  esac
  case $host in -* | *[!A-Za-z0-9@._-]*) fail "GONGKAI_UPLOAD 里的主机不对，应当像 用户@主机。" ;; esac
  case $folder in
  *[!A-Za-z0-9/._-]* | / | [!/]* | '') fail "GONGKAI_UPLOAD 里的文件夹要从 / 写起，只用字母、数字和 / . _ -。" ;;
  esac
  command -v rsync >/dev/null || fail "这台机器上没有 rsync，请先安装。"
  name_release
  [ -z "$host" ] || prepare_ssh
}

# 版本的名称：开始的时刻（UTC）、提交、先后。先后取流水线的编号；没有流水线，取提交的时刻。
name_release() {
  run=${GONGKAI_RUN:-${GITHUB_RUN_NUMBER:-${CI_PIPELINE_IID:-}}}
  commit=${GITHUB_SHA:-${CI_COMMIT_SHA:-$(git -C "$here" rev-parse HEAD)}} || fail "这里还没有提交。"
  case $run in
  '') order=commit$(git -C "$here" log -1 --format=%ct) || fail "不知道先后：没有 GONGKAI_RUN，也没有 git 的记录。" ;;
  *[!0-9]*) fail "GONGKAI_RUN 应当是一个数。" ;;
  *) order=run$run ;;
  esac
  name=$(date -u +%Y%m%d%H%M%S)-$(printf '%.12s' "$commit")-$order
}

prepare_ssh() {
  ssh="ssh -o BatchMode=yes -o ServerAliveInterval=15${GONGKAI_SSH_PORT:+ -p $GONGKAI_SSH_PORT}"
  [ -n "${GONGKAI_SSH_KEY:-}" ] || return 0
  [ -n "${GONGKAI_SSH_HOSTS:-}" ] || fail "写了 GONGKAI_SSH_KEY，还要写 GONGKAI_SSH_HOSTS，免得传到冒充的主机上。"
  umask 077
  if [ -f "$GONGKAI_SSH_KEY" ]; then cat "$GONGKAI_SSH_KEY"; else printf '%s\n' "$GONGKAI_SSH_KEY"; fi |
    tr -d '\r' >"$work/key"
  if [ -f "$GONGKAI_SSH_HOSTS" ]; then cat "$GONGKAI_SSH_HOSTS"; else printf '%s\n' "$GONGKAI_SSH_HOSTS"; fi |
    tr -d '\r' >"$work/hosts"
  umask 022
  ssh="$ssh -i $work/key -o IdentitiesOnly=yes -o UserKnownHostsFile=$work/hosts -o StrictHostKeyChecking=yes"
}

# 在放网站的机器上做一步：begin 开始，finish 换上，abandon 放弃。
there() {
  {
    printf '%s\n' "step=$1" "folder=$folder" "name=$name" "keep=$keep" "force=${GONGKAI_FORCE:-}"
    cat <<'THERE'
set -eu
umask 022

fail() {
  printf '%s\n' "$1" >&2
  exit 1
}

# 现在公开的是哪个版本；还没有，就是空的。
find_live() {
  live=$(readlink current || :)
  live=${live##*/}
}

# 迟到的不能换掉新的：先后是同一种，就比先后；不是同一种，或者一样，就比开始的时刻。
refuse_if_older() {
  find_live
  [ "$force" != 1 ] || return 0
  case $live in 20*-*-[a-z]*[0-9]) ;; *) return 0 ;; esac
  mine=${name##*-} theirs=${live##*-}
  if [ "${mine%%[0-9]*}" != "${theirs%%[0-9]*}" ] || [ "$mine" = "$theirs" ]; then
    mine=${name%%-*} theirs=${live%%-*}
  fi
  [ "${mine##*[a-z]}" -ge "${theirs##*[a-z]}" ] && return 0
  rm -rf "releases/.upload-$name"
  fail "网站上是更新的版本 $live，这次的 $name 没有换上。换了平台或者仓库，或者确实要退回去，设 GONGKAI_FORCE=1 再运行。"
}

# 换上的那一刻只许有一个。没有 flock 的机器上用文件夹作锁；过了十分钟的，是断掉的那一次留下的。
try_lock() {
  if command -v flock >/dev/null; then
    flock -n 9
  else
    find .lock.d -prune -mmin +10 -exec rmdir {} \; 2>/dev/null || :
    mkdir .lock.d 2>/dev/null && trap 'rmdir .lock.d' EXIT
  fi
}

lock() {
  exec 9>.lock
  trap 'exit 1' HUP INT TERM
  tries=0
  until try_lock; do
    tries=$((tries + 1))
    [ "$tries" -lt 300 ] || fail "$folder 一直被别的上传占着，没有换上。"
    sleep 1
  done
}

begin() {
  mkdir -p "$folder/releases"
  cd "$folder"
  command -v rsync >/dev/null || fail "放网站的机器上没有 rsync，请先安装。"
  [ -L current ] || [ ! -e current ] || fail "$folder/current 不是符号链接，没有动它。"
  refuse_if_older
  # 同一秒里还有一次的，换一个名称再来。
  [ ! -e "releases/$name" ] && [ ! -e "releases/.upload-$name" ] || exit 75
  mkdir "releases/.upload-$name" || fail "在 $folder/releases 里建不了文件夹。"
  printf '%s\n' "$live"
}

finish() {
  cd "$folder"
  sync
  lock
  refuse_if_older
  mv -T "releases/.upload-$name" "releases/$name"
  ln -s "releases/$name" "releases/.current-$name"
  mv -T "releases/.current-$name" current
  tidy || printf '%s\n' "已经换上，但是旧版本没有删干净，请看看 $folder/releases。" >&2
}

# 只留最新的几个；断掉的上传留下的，过一天删掉。
tidy() {
  set -- releases/20*
  while [ $# -gt "$keep" ]; do
    [ "$1" = "releases/$name" ] || mv -T "$1" "releases/.old-${1##*/}" || return
    shift
  done
  find releases -mindepth 1 -maxdepth 1 \( -name '.old-*' -o -name '.*' -mtime +0 \) -exec rm -rf {} +
}

abandon() {
  cd "$folder"
  rm -rf "releases/.upload-$name"
}

# 写在最后一行，传到一半断了就什么也不做。
"$step"
THERE
  } | if [ -n "$host" ]; then
    # shellcheck disable=SC2086 # 里面有几个选项
    $ssh "$host" sh -s
  else
    sh -s
  fi
}

check() {
  echo '检查 …'
  (cd "$site" && gongkai check --live ${records:+--records "$records"}) || fail '上面的问题改好以后再来。网站和以前一样。'
}

build() {
  echo '生成 …'
  (cd "$site" && gongkai build --live ${records:+--records "$records"} -o "$here/public") || fail '网站没有生成。公开的和以前一样。'
}

# 先传到旁边，传完了再一次换上；中途断了，网站和以前一样。没有变的文件不重传，也不占地方。
upload() {
  if [ -z "$folder" ]; then
    echo '网站在 public/，没有上传。'
    return
  fi
  until live=$(there begin); do
    [ $? -eq 75 ] || fail '网站和以前一样。'
    sleep 1
    name_release
  done
  echo "上传 $name …"
  rsync ${ssh:+-e "$ssh"} --recursive --perms --chmod=D755,F644 --checksum ${live:+"--link-dest=../$live"} \
    "$here/public/" "${host:+$host:}$folder/releases/.upload-$name/" || {
    there abandon || :
    fail '没有传完。网站和以前一样。'
  }
  there finish || fail '传完了，没有换上。'
  echo "已经换上 $name。"
}

ssh=''
find_site
case ${1:-publish} in
check)
  find_records
  check
  ;;
publish)
  read_settings
  find_records
  check
  build
  push_records
  upload
  ;;
*) fail '用法：sh publish.sh，或者 sh publish.sh check。' ;;
esac
