-- Passes a WebSocket or a stream of events through, and ends it when its token dies. nginx itself can't end what it has
-- begun to proxy, so the bytes go through this.
local feed = require "feed"
local host = require("nginx-feed").host

local M = {}
-- How often to look whether the token is still good, in seconds.
local LOOK = 0.2
local PIECE = 16384
-- Not passed on: what holds for one connection only.
local OWN = { connection = true, upgrade = true, ["http2-settings"] = true, ["keep-alive"] = true }

-- The head of the request, as the service gets it.
local function head()
  local lines = { "GET " .. ngx.var.request_uri .. " HTTP/1.1" }
  for name, values in pairs(ngx.req.get_headers(0, true)) do
    if not OWN[name:lower()] then
      for _, value in ipairs(type(values) == "table" and values or { values }) do
        table.insert(lines, name .. ": " .. value)
      end
    end
  end
  local upgrade = ngx.var.upgrade ~= ""
  table.insert(lines, upgrade and "Connection: upgrade\r\nUpgrade: websocket" or "Connection: close")
  return table.concat(lines, "\r\n") .. "\r\n\r\n"
end

-- The service has agreed to a WebSocket: else what the client sends next would be a request that nobody has checked.
local function agreed(service)
  local answer = service:receiveuntil("\r\n\r\n")() or ""
  local status = tonumber(answer:match("^HTTP/1%.1 (%d%d%d)")) or 502
  if status ~= 101 then
    service:close()
    return ngx.exit(status < 300 and 502 or status)
  end
  return answer .. "\r\n\r\n"
end

local function pump(from, to)
  repeat
    local bytes = from:receiveany(PIECE)
  until not bytes or not to:send(bytes)
end

-- Of a client that has nothing more to say.
local function discard(from)
  repeat
  until not from:receiveany(PIECE)
end

local function watch(connection)
  while feed.may_stay(connection, host) do
    if connection.is_due then
      feed.ask(connection, host)
    else
      ngx.sleep(LOOK)
    end
  end
end

-- In content_by_lua, after the check.
function M.pass(address, port)
  local service = ngx.socket.tcp()
  service:settimeouts(2000, 60000, 60000)
  if not service:connect(address, port) or not service:send(head()) then
    return ngx.exit(502)
  end
  local answer = ngx.var.upgrade ~= "" and agreed(service)
  local client = assert(ngx.req.socket(true))
  client:settimeouts(2000, 60000, 3600000)
  service:settimeouts(2000, 60000, 3600000)
  if answer then
    client:send(answer)
  end
  local threads = {
    ngx.thread.spawn(answer and pump or discard, client, service),
    ngx.thread.spawn(pump, service, client),
    ngx.thread.spawn(watch, ngx.ctx.connection),
  }
  ngx.thread.wait(unpack(threads))
  for _, thread in ipairs(threads) do
    ngx.thread.kill(thread)
  end
  service:close()
  return ngx.exit(ngx.ERROR)
end

return M
