# 在放网站的机器上运行的命令。做什么由 gongkai upload 决定，这里只照做。
#
#   sh -s begin   文件夹 记号                              建一个传文件用的文件夹，说有没有 rsync，再说有哪些版本
#   sh -s finish  文件夹 记号 现在的版本 新版本 [旧版本 …]   换上，删掉那些旧版本；现在的版本不是这个了，就什么也不做
#   sh -s abandon 文件夹 记号                              放弃
set -eu
umask 022
step=$1 folder=$2 token=$3 upload=releases/.upload-$3
shift 3

fail() {
  printf '%s\n' "$1" >&2
  exit 1
}

# 现在公开的是哪个版本；还没有，就是空的。
find_live() {
  live=$(readlink current || :)
  live=${live##*/}
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
  mkdir -p "$folder/releases" || fail "建不了文件夹 $folder/releases。"
  cd "$folder"
  [ -L current ] || [ ! -e current ] || fail "$folder/current 不是符号链接，没有动它。"
  mkdir "$upload" || fail "在 $folder/releases 里建不了文件夹。"
  command -v rsync >/dev/null && echo rsync || echo tar
  find_live
  printf '%s\n' "$live"
  ls releases
}

finish() {
  expected=$1 name=$2
  shift 2
  cd "$folder"
  sync
  lock
  find_live
  if [ "$live" != "$expected" ] || [ -e "releases/$name" ]; then
    printf '%s\n' "$live"
    ls releases
    exit 75
  fi
  mv -T "$upload" "releases/$name"
  ln -s "releases/$name" "releases/.current-$name"
  mv -T "releases/.current-$name" current
  tidy "$@" || printf '%s\n' "已经换上，但是旧版本没有删干净，请看看 $folder/releases。" >&2
}

# 断掉的上传留下的，过一天删掉。
tidy() {
  for old; do
    mv -T "releases/$old" "releases/.old-$old" || return
  done
  find releases -mindepth 1 -maxdepth 1 \( -name '.old-*' -o -name '.*' -mtime +0 \) -exec rm -rf {} +
}

# 先改名再删：断了连接的 finish 也许还在运行，不能让它换上删了一半的。
abandon() {
  cd "$folder"
  mv -T "$upload" "releases/.old-$token" && rm -rf "releases/.old-$token"
}

# 写在最后一行，传到一半断了就什么也不做。
"$step" "$@"
