-- How long live.lua lets a connection stay, by a clock that this sets. An error ends the program that loads it.
local feed, live = require "feed", require "live"

local now, as_of, answer, asked
local changes = {}
local host = { bound = 10, look = 0.25 }
function host.now() return now end
function host.as_of() return as_of end
function host.epoch() return 0 end
function host.newest(hash) return changes[hash] end
function host.ask()
  asked = asked + 1
  return answer.status, answer.text
end

local FACTS = { subject = "joe", realm = "corp", exp = "1", client = "-", scope = "-" }
local function text(stamp)
  return feed.pack({ stamp = stamp, epoch = 0 }, { "00000000000000aa" }, FACTS)
end

local function opened(known)
  now, as_of, asked, changes = 100, 100, 0, {}
  return { text = known, good = now, next = now }
end

-- Looks again and again, and asks if it is due; returns when it ends.
local function ends(connection, follows, limit)
  while live.may_stay(connection, host) and now < limit do
    if connection.is_due then
      live.ask(connection, host)
    end
    now = now + host.look
    as_of = follows and now or as_of
  end
  return now
end

local function is(value, expected, what)
  assert(value == expected, what .. ": " .. tostring(value) .. " (expected: " .. tostring(expected) .. ")")
end

answer = { status = 503 }
local connection = opened(text("1"))
is(ends(connection, true, 1000), 1000, "followed")
is(asked, 0, "followed, asked")

connection = opened(text("1"))
is(ends(connection, false, 1000), 109.75, "not followed, no answer")
assert(asked > 1, "it is asked again")

answer = { status = 401 }
connection = opened(text("1"))
is(ends(connection, false, 1000), 105.25, "not followed, dead")

answer = { status = 200, text = text("2") }
connection = opened(text("1"))
is(ends(connection, false, 1000), 1000, "not followed, good")
assert(asked > 100 and asked < 200, "asked twice in a bound: " .. asked)

-- Nothing is kept.
answer = { status = 200 }
connection = opened(nil)
is(ends(connection, true, 1000), 1000, "not kept, good")
answer = { status = 503 }
is(ends(connection, true, 2000) > 1004 and now < 1010, true, "not kept, no answer: " .. now)

-- Something changes.
answer = { status = 200, text = text("3") }
connection = opened(text("1"))
changes["00000000000000aa"] = "2"
is(ends(connection, true, 1000), 1000, "changed, good")
is(asked, 1, "changed, asked")
answer = { status = 503 }
changes["00000000000000aa"] = "4"
is(ends(connection, true, 2000), 1009.75, "changed, no answer")
