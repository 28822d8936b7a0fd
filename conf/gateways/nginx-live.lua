-- Passes a WebSocket or a stream of events through, and ends it when its token dies. nginx itself can't end what it has
-- begun to proxy, so the bytes go through this.
local live = require "live"
local semaphore = require "ngx.semaphore"
local host = require("nginx-feed").host

local M = {}
-- How often to look whether the token is still good, in seconds.
host.look = 0.2
local PIECE = 16384
-- Not passed on: what holds for one connection only, and how the body was sent.
local OWN = {
  connection = true, upgrade = true, ["http2-settings"] = true, ["keep-alive"] = true, te = true, trailer = true,
  expect = true, ["content-length"] = true, ["transfer-encoding"] = true,
}

-- The request as the service gets it.
local function request()
  local lines = { ngx.req.get_method() .. " " .. ngx.var.request_uri .. " HTTP/1.1" }
  for name, values in pairs(ngx.req.get_headers(0, true)) do
    if not OWN[name:lower()] then
      for _, value in ipairs(type(values) == "table" and values or { values }) do
        table.insert(lines, name .. ": " .. value)
      end
    end
  end
  local upgrade = ngx.var.upgrade ~= ""
  table.insert(lines, upgrade and "Connection: upgrade\r\nUpgrade: websocket" or "Connection: close")
  ngx.req.read_body()
  if ngx.req.get_body_file() then
    return ngx.exit(413)
  end
  local body = ngx.req.get_body_data() or ""
  if body ~= "" or ngx.var.http_content_length then
    table.insert(lines, "Content-Length: " .. #body)
  end
  return table.concat(lines, "\r\n") .. "\r\n\r\n" .. body
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

local function watch(connection, is_due)
  while live.may_stay(connection, host) do
    if connection.is_due and is_due:count() < 1 then
      is_due:post()
    end
    ngx.sleep(host.look)
  end
end

-- Apart from that, because an answer may take longer than the connection may stay.
local function ask(connection, is_due)
  while true do
    if is_due:wait(60) and connection.is_due then
      live.ask(connection, host)
    end
  end
end

-- In content_by_lua, after the check.
function M.pass(address, port)
  local asked = request()
  local service = ngx.socket.tcp()
  service:settimeouts(2000, 60000, 60000)
  if not service:connect(address, port) or not service:send(asked) then
    return ngx.exit(502)
  end
  local answer = ngx.var.upgrade ~= "" and agreed(service)
  local client = assert(ngx.req.socket(true))
  client:settimeouts(2000, 60000, 3600000)
  service:settimeouts(2000, 60000, 3600000)
  if answer then
    client:send(answer)
  end
  local connection, is_due = ngx.ctx.connection, assert(semaphore.new(0))
  local threads = {
    ngx.thread.spawn(answer and pump or discard, client, service),
    ngx.thread.spawn(pump, service, client),
    ngx.thread.spawn(watch, connection, is_due),
    ngx.thread.spawn(ask, connection, is_due),
  }
  ngx.thread.wait(unpack(threads))
  for _, thread in ipairs(threads) do
    ngx.thread.kill(thread)
  end
  service:close()
  return ngx.exit(ngx.ERROR)
end

-- In header_filter_by_lua, of answers that are not passed through here: else a client would choose whether its stream
-- is watched.
function M.refuse_streams()
  if (ngx.header.content_type or ""):lower():find("text/event-stream", 1, true) then
    return ngx.exit(406)
  end
end

return M
