#!/bin/sh
# 由 gongkai server init 写出，升级或搬家以后重新运行它；手工的改动会被覆盖。
{{ program }} {{ name }} {{ root }} $PPID
code=$?
[ $code -eq 0 ] || [ $code -eq {{ refused }} ] || echo '{{ words }}'
exit $code
