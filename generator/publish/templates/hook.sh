#!/bin/sh
# 由 gongkai server init 写出，升级或搬家以后重新运行它；手工的改动会被覆盖。
updates=$(cat)
{% if name == "post-receive" %}
# 接受推送的进程还在发布：等它的结果。它没有做完，就在下面重新来。
new=${updates#* }
new=${new%% *}
report={{ root }}/state/report-$new
read -r commit process 2>/dev/null <{{ root }}/state/publishing
runs() {
  read -r _ _ state _ 2>/dev/null <"/proc/$process/stat" && [ "$state" != Z ]
}
tries=0
while [ "$commit" = "$new" ] && [ ! -e "$report" ] && [ $tries -lt 15000 ] && runs; do
  tries=$((tries + 1))
  sleep 0.02
done
cat "$report" 2>/dev/null && rm -f "$report" && exit 0
{% endif %}
printf '%s\n' "$updates" | {{ program }} {{ name }} {{ root }} $PPID
code=$?
[ $code -eq 0 ] || [ $code -eq {{ refused }} ] || echo '{{ words }}'
exit $code
