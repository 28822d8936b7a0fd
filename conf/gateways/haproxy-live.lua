-- Ends WebSockets and streams of events when their token dies: rules are not run for them any more, but the runtime API
-- of HAProxy can end a session. It is known by the address and the port of its client.
local feed = require "feed"

local M = {}
local API = "unix@/run/haproxy/admin.sock"
-- How often to look whether tokens are still good, in milliseconds.
local LOOK = 200
-- How often to forget connections that have ended, in looks.
local FORGET = 50
-- How many there may be.
local MOST = 100000

local live = {}
local size = 0

-- Whether the answer to a request may last for long.
function M.may_last(headers)
  local accept = headers["accept"] and headers["accept"][0] or ""
  return headers["upgrade"] ~= nil or accept:find("text/event-stream", 1, true) ~= nil
end

-- False if there is no room.
function M.add(txn, connection)
  local client = txn.f:src() .. ":" .. txn.f:src_port()
  if not live[client] then
    if size >= MOST then
      return false
    end
    size = size + 1
  end
  live[client] = connection
  return true
end

local function remove(client)
  live[client] = nil
  size = size - 1
end

local function api(command)
  local sock = core.tcp()
  sock:settimeout(5)
  assert(sock:connect(API))
  assert(sock:send(command .. "\n"))
  local said = sock:receive("*a") or ""
  sock:close()
  return said
end

-- The names of the sessions, by client.
local function sessions()
  local found = {}
  for name, client in api("show sess"):gmatch("(0x%x+): proto=tcp%S+ src=(%S+)") do
    found[client] = name
  end
  return found
end

local function shut(dead)
  local found = sessions()
  for _, client in ipairs(dead) do
    if found[client] then
      api("shutdown session " .. found[client])
    end
    remove(client)
  end
end

-- Those whose session is not there any more; new ones may not be there yet.
local function forget(before)
  local found = sessions()
  for _, client in ipairs(before) do
    if live[client] and not found[client] then
      remove(client)
    end
  end
end

local function clients()
  local all = {}
  for client in pairs(live) do
    table.insert(all, client)
  end
  return all
end

local function look(host)
  local dead = {}
  for _, client in ipairs(clients()) do
    local connection = live[client]
    if connection and not feed.may_stay(connection, host) and live[client] == connection then
      table.insert(dead, client)
    end
  end
  if #dead > 0 then
    shut(dead)
  end
end

function M.start(host)
  core.register_task(function()
    local looks = 0
    while true do
      core.msleep(LOOK)
      looks = looks + 1
      local ok, failure = pcall(look, host)
      if ok and size > 0 and looks % FORGET == 0 then
        ok, failure = pcall(forget, clients())
      end
      if not ok then
        core.Warning("revoker: " .. tostring(failure))
      end
    end
  end)
end

return M
