-- What feed.lua tells a gateway of the events of a stream, and in which order. An error ends the program that loads it.
local feed = require "feed"

local HEAD = "HTTP/1.1 200 OK\r\nRevoker-Uptime: 1000\r\nTransfer-Encoding: chunked\r\n\r\n"

-- A socket from which these events come, in chunks of some bytes, so that an event may be in several.
local function socket(events)
  local text = HEAD
  for from = 1, #events, 7 do
    local part = events:sub(from, from + 6)
    text = text .. string.format("%x\r\n", #part) .. part .. "\r\n"
  end
  text = text .. "0\r\n\r\n"
  local sock = {}
  function sock.send() return true end
  function sock.receive(_, what)
    local taken
    if what == "*l" then
      taken = text:match("^(.-)\n")
      text = text:sub(#taken + 2)
    else
      taken = text:sub(1, what)
      text = text:sub(what + 1)
    end
    return taken
  end
  return sock
end

-- What is told of them, as one text.
local function told(events, has_room)
  local calls = {}
  local function note(...)
    calls[#calls + 1] = table.concat({ ... }, " ")
  end
  local wishes = { authorization = "Basic eA==", lifetime = "10s", bound = 1, now = function() return 50 end }
  feed.follow(socket(events), wishes, {
    changed = function(hash, stamp) note("changed", hash, stamp); return has_room end,
    changed_all = function() note("all") end,
    reached = function(stamp) note("reached", stamp) end,
    as_of = function(time) note("as of", string.format("%.1f", time)) end,
    is_over = function() return false end,
  })
  return table.concat(calls, ", ")
end

local function is(value, expected, what)
  assert(value == expected, what .. ": " .. value .. " (expected: " .. expected .. ")")
end

local function event(id, name, data)
  return "id: " .. id .. "\nevent: " .. name .. "\ndata: {" .. data .. "}\n\n"
end

local TOKEN = '"hash":"00000000000000aa"'
is(told(event(5, "revocation", TOKEN), true), "changed 00000000000000aa 2000005, reached 5", "a token")
is(told(event(5, "revocation", TOKEN .. ',"partner_hash":"00000000000000bb"'), true),
  "changed 00000000000000aa 2000005, changed 00000000000000bb 2000005, reached 5", "a pair")
is(told(event(5, "mark", TOKEN), true), "changed 00000000000000aa 5, reached 5", "a user")
is(told(event(5, "unlock", TOKEN), true), "reached 5", "the end of a lock")
is(told(event(5, "heartbeat",
    '"uptime":3000,"time":"2030-01-01T00:00:01.5Z","as_of":"2030-01-01T00:00:01Z"'), true),
  "as of 51.5, reached 5", "a heartbeat")

-- An answer that a gateway asked for in between has the stamp that was reached before, and must not count either.
is(told(event(5, "reset", ""), true), "all, reached 5, all", "a reset")
is(told(event(5, "mark", '"hash":"ca978112ca1bbdca"'), true),
  "changed ca978112ca1bbdca 5, all, reached 5, all", "everything")
is(told(event(5, "mark", TOKEN) .. event(6, "mark", TOKEN), false),
  "changed 00000000000000aa 5, all, reached 5, all, changed 00000000000000aa 6, all, reached 6, all", "no room")
