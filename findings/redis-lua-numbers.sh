#!/usr/bin/env bash
# Redis 7.0.15, as org.signal:embedded-redis 0.9.1 carries it, formats a number that a Lua script hands to redis.call with
# seventeen digits, other than Lua itself does with tostring, concatenation and cjson, which use fourteen. So 0.1 becomes
# a field 0.10000000000000001, which the same script does not find again by tostring(0.1), and whole numbers from 1e17 on,
# such as a time in nanoseconds, become 1e+17, which INCRBY refuses though they are exact. Below that, whole numbers
# are written in full, where tostring changes them from 1e14 on: 2^53 is 9.007199254741e+15 there. string.format('%.0f', n)
# is exact in both.
#
# Seen: the lines below. Needs Maven, unzip, and Linux on x86-64 with a C library.
set -euo pipefail
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$work"' EXIT
cd "$work"
mvn -B -ntp -q org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy -Dartifact=org.signal:embedded-redis:0.9.1 -DoutputDirectory=.
unzip -q embedded-redis-0.9.1.jar redis-server-7.0.15-linux-amd64
chmod +x redis-server-7.0.15-linux-amd64
port=$((20000 + RANDOM % 20000))
./redis-server-7.0.15-linux-amd64 --port "$port" --bind 127.0.0.1 --save '' --dir "$work" >log 2>&1 &
server=$!
until (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do sleep 0.1; done

# The answer to a script, each element in a line.
script() {
  exec 3<>"/dev/tcp/127.0.0.1/$port"
  printf '*3\r\n$4\r\nEVAL\r\n$%s\r\n%s\r\n$1\r\n0\r\n*1\r\n$4\r\nQUIT\r\n' "${#1}" "$1" >&3
  tr -d '\r' <&3 | grep -v '^[*$]\|^+OK$'
  exec 3>&-
}

seen=$(
  script "redis.call('HSET', 'h', 0.1, 1) return {redis.call('HKEYS', 'h')[1], tostring(0.1), redis.call('HEXISTS', 'h', tostring(0.1))}"
  script "redis.call('SET', 'n', 2^53) return {redis.call('GET', 'n'), tostring(2^53)}"
  script "return {redis.pcall('INCRBY', 'sum', 1e16), redis.pcall('INCRBY', 'sum', 1e17).err, redis.pcall('INCRBY', 'sum', string.format('%.0f', 1e17))}"
)
echo "$seen"
[ "$seen" = '0.10000000000000001
0.1
:0
9007199254740992
9.007199254741e+15
:10000000000000000
ERR value is not an integer or out of range
:110000000000000000' ]
