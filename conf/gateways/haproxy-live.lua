-- Ends WebSockets, streams of events and calls of gRPC when their token dies: rules are not run for them any more, but
-- the runtime API of HAProxy can end sessions. They are known by the address and the port of their client: with HTTP/2
-- there may be several, and several tokens.
local live = require "live"

local M = {}
local API = "unix@/run/haproxy/admin.sock"
-- How often to look whether tokens are still good, in milliseconds.
local LOOK = 200
-- How often to forget connections that have ended, in looks.
local FORGET = 50
-- How many there may be, and of one client.
local MOST = 100000
local MOST_OF_CLIENT = 10000
-- How many are asked about at the same time.
local ASKERS = 8

-- By client, lists that are not changed.
local open = {}
local size = 0
-- Those that are to be asked about.
local queue, first, last = {}, 1, 0

-- False if there is no room.
local function add(txn, connection)
  local client = txn.f:src() .. ":" .. txn.f:src_port()
  local before = open[client] or {}
  local list = { connection }
  for _, other in ipairs(before) do
    if other.authorization ~= connection.authorization then
      table.insert(list, other)
    end
  end
  if #list > MOST_OF_CLIENT or size + #list - #before > MOST then
    return false
  end
  size = size + #list - #before
  open[client] = list
  return true
end

-- Keeps the rest of them, unless there is something new of that client.
local function keep(client, list, rest)
  if open[client] == list and #rest < #list then
    open[client] = #rest > 0 and rest or nil
    size = size + #rest - #list
  end
end

-- Fails if not all was said in time: who is missing from a part of a list may be there.
local function api(command)
  local sock = core.tcp()
  sock:settimeout(15)
  assert(sock:connect(API))
  assert(sock:send(command .. "\n"))
  local said, failure = sock:receive("*a")
  sock:close()
  assert(said and said:sub(-1) == "\n", failure or "the runtime API said too little")
  return said
end

local SECONDS = { d = 86400, h = 3600, m = 60, s = 1 }

-- How many seconds an age like 2h3m is at most: what is less than its last unit is not said.
local function longest(age)
  local sum, last = 0, math.huge
  for number, unit in age:gmatch("(%d+)([dhms])") do
    last = SECONDS[unit]
    sum = sum + number * last
  end
  return sum + last + 1
end

-- Lists of the names of sessions, by client, with the age of the oldest one at most.
local function sessions()
  local found = {}
  local said = api("show sess")
  -- An empty line is the end.
  assert(said:sub(-2) == "\n\n", "the list of sessions has no end")
  for name, client, more in said:gmatch("(0x%x+): proto=tcp%S+ src=(%S+)([^\n]*)") do
    found[client] = found[client] or { age = 0 }
    table.insert(found[client], name)
    found[client].age = math.max(found[client].age, longest(more:match(" age=(%S+)") or ""))
  end
  return found
end

local function shut(dead)
  local found = sessions()
  for client, list in pairs(dead) do
    for _, name in ipairs(found[client] or {}) do
      api("shutdown session " .. name)
    end
    keep(client, list, {})
  end
end

-- Those whose session is not there any more: none of the client, or none that is as old. With HTTP/2 the age of a
-- stream is counted from the begin of the one before it, so it may be younger than that, and not older. New ones may
-- not be there yet.
local function forget(before, host)
  local time, found = host.now(), sessions()
  for client, list in pairs(before) do
    local begun = found[client] and time - found[client].age or math.huge
    local rest = {}
    for _, connection in ipairs(list) do
      if connection.opened >= begun then
        table.insert(rest, connection)
      end
    end
    keep(client, list, rest)
  end
end

local function lists()
  local all = {}
  for client, list in pairs(open) do
    all[client] = list
  end
  return all
end

local function look(host)
  local dead = {}
  for client, list in pairs(lists()) do
    for _, connection in ipairs(list) do
      if not live.may_stay(connection, host) then
        dead[client] = list
      elseif connection.is_due and not connection.waits then
        connection.waits = true
        queue[last + 1] = connection
        last = last + 1
      end
    end
  end
  if next(dead) then
    shut(dead)
  end
end

local function ask_next(host)
  local connection = queue[first]
  if not connection then
    return core.msleep(LOOK / 4)
  end
  queue[first], first = nil, first + 1
  connection.waits = false
  if live.may_stay(connection, host) and connection.is_due then
    live.ask(connection, host)
  end
end

-- Does it again and again, whatever fails.
local function task(step)
  core.register_task(function()
    while true do
      local ok, failure = pcall(step)
      if not ok then
        core.Warning("revoker: " .. tostring(failure))
        core.msleep(LOOK)
      end
    end
  end)
end

-- When an answer begins: what a client asks for does not say whether it lasts. The private data of the transaction have
-- what haproxy-feed.lua knows of its token.
local function watch(txn, host)
  local connection = txn:get_priv()
  connection.next = host.now()
  connection.opened = connection.next
  if not live.may_stay(connection, host) then
    -- The service took long to answer.
    live.ask(connection, host)
  end
  local is_watched = live.may_stay(connection, host) and add(txn, connection)
  txn:set_var("txn.watched", is_watched and "yes" or "no")
end

function M.start(host)
  host.look = LOOK / 1000
  core.register_action("revoker-live", { "http-res" }, function(txn) watch(txn, host) end, 0)
  local looks = 0
  task(function()
    core.msleep(LOOK)
    look(host)
    looks = looks + 1
    if next(open) and looks % FORGET == 0 then
      forget(lists(), host)
    end
  end)
  for _ = 1, ASKERS do
    task(function() ask_next(host) end)
  end
end

return M
