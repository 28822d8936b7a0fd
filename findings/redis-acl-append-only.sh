#!/usr/bin/env bash
# Redis 7.0.15, as org.signal:embedded-redis 0.9.1 carries it, reads its append-only file as the default user, and checks
# what this user may do: each transaction that it may not do is dropped, and so is what a script has written, because
# that is kept as a transaction. "user default off" in a configuration file leaves the user without permissions, so that
# a restart loses acknowledged writes of another user, with appendfsync always too. The server starts as if nothing were
# wrong, but for lines in its log. With "user default off allkeys allchannels allcommands" nothing is lost, and nobody
# can log in as that user either.
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

# Sends commands as the user u, and shows the answers.
ask() {
  exec 3<>"/dev/tcp/127.0.0.1/$port"
  printf 'AUTH u secret\r\n%b' "$1" >&3
  printf 'QUIT\r\n' >&3
  tr -d '\r' <&3
  exec 3>&-
}

start() {
  ./redis-server-7.0.15-linux-amd64 "$1/redis.conf" >>"$1/log" 2>&1 &
  server=$!
  until (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do sleep 0.1; done
}

stop() {
  kill "$server"
  wait "$server" || true
  server=
}

# What is left after a restart of a key that was set alone, and of two that a transaction set.
restart() {
  mkdir "$1"
  port=$((20000 + RANDOM % 20000))
  printf '%s\n' "port $port" 'bind 127.0.0.1' "dir $work/$1" 'appendonly yes' 'appendfsync always' 'save ""' \
    "user default off$2" 'user u on >secret allkeys allchannels allcommands' >"$1/redis.conf"
  start "$1"
  ask 'SET alone 1\r\nMULTI\r\nSET both 1\r\nSET too 1\r\nEXEC\r\n' >"$1/answers"
  stop
  start "$1"
  echo "user default off$2: $(ask 'EXISTS alone\r\nEXISTS both too\r\n' | grep '^:' | tr -d ':' | tr '\n' ' ')"
  stop
}

seen=$(restart none ''; restart all ' allkeys allchannels allcommands')
echo "$seen"
[ "$seen" = 'user default off: 1 0 
user default off allkeys allchannels allcommands: 1 2 ' ]
