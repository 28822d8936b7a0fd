#!/usr/bin/env bash
# HAProxy 2.6.12: Socket.settimeout of its Lua counts each direction alone. On a connection on which something is
# received twice a second, but nothing is sent, it says after twice the time-out that it will send no more (FIN), as if
# the script had closed it. Most servers end the connection then. So a client of a stream, such as Server-Sent Events,
# has to be given a time-out that is longer than the stream lasts, and can't notice by it that nothing comes any more.
#
# Seen: the lines below. Needs haproxy, with Lua, and Python 3.
set -euo pipefail
work=$(mktemp -d)
cd "$work"

cat > server.py <<'PYTHON'
import socket, time
listener = socket.create_server(("127.0.0.1", 0))
open("port", "w").write(str(listener.getsockname()[1]))
connection, _ = listener.accept()
connection.settimeout(0.5)
began = time.time()
while time.time() - began < 20:
    connection.sendall(b"tick\n")
    try:
        if not connection.recv(100):
            break
    except TimeoutError:
        pass
print("end after %.0f s" % (time.time() - began), flush=True)
PYTHON
python3 server.py > output & server=$!
haproxy=
trap 'kill $server $haproxy 2>/dev/null || true; rm -rf "$work"' EXIT
until [ -s port ]; do sleep 0.1; done

cat > seen.lua <<LUA
core.register_task(function()
  local sock = core.tcp()
  sock:settimeout(2)
  sock:connect("127.0.0.1", $(cat port))
  sock:send("hello")
  repeat until not sock:receive("*l")
end)
LUA
cat > haproxy.cfg <<'CFG'
global
  lua-load seen.lua
defaults
  timeout client 1h
  timeout server 1h
  timeout connect 1s
listen one
  bind unix@sock
CFG
haproxy -db -f haproxy.cfg > log 2>&1 & haproxy=$!
wait "$server"
seen=$(sed 's/after [1-9] s/after some seconds/' output)
expected='end after some seconds'
cat output
[ "$seen" = "$expected" ] || { echo "changed; expected:"; echo "$expected"; cat log; exit 1; }
