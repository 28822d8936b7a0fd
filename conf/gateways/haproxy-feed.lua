-- A task of HAProxy follows the revocations. See feed.lua. It sets txn.verdict to good or refused; after any error
-- there is none. haproxy-live.lua has what happens to connections that stay open.
local feed = require "feed"
local live = require "haproxy-live"

local NODES = { { "127.0.0.1", 8080 } }
-- base64 of gateway:SECRET, here with the secret of clients.example.yaml
local AUTHORIZATION = "Basic Z2F0ZXdheTpvNVNqWHNzVVRDZ20wSzF2MkRCd0d5NzBOQ1FHbjRqNGNSV05VN3hEUVJB"
-- How old, in seconds, what is known of the revocations may be. When it is older, every token is asked about.
local BOUND = 5
-- How long an answer is kept, in seconds.
local KEEP = 60
-- How many answers there may be, and how many changes of so many seconds.
local MOST = 100000

local stamp
local epoch = 0
-- Up to when everything that was revoked is known.
local as_of = -BOUND

local function now()
  local time = core.now()
  return time.sec + time.usec / 1e6
end

-- What is kept for at least so many seconds, and at most twice as long.
local function Shelf(seconds)
  local shelf = { newer = {}, older = {}, size = 0, turned = now() }

  function shelf.turn()
    if now() - shelf.turned >= seconds then
      shelf.newer, shelf.older, shelf.size, shelf.turned = {}, shelf.newer, 0, now()
    end
  end

  function shelf.get(key)
    return shelf.newer[key] or shelf.older[key]
  end

  -- False if there is no room.
  function shelf.put(key, value)
    shelf.turn()
    if not shelf.newer[key] then
      if shelf.size >= MOST then
        return false
      end
      shelf.size = shelf.size + 1
    end
    shelf.newer[key] = value
    return true
  end

  return shelf
end

local answers = Shelf(KEEP)
-- Longer than answers.
local changes = Shelf(3 * KEEP)

local told = {}

function told.changed_all()
  epoch = epoch + 1
end

function told.changed(hash, at)
  return changes.put(hash, at)
end

function told.reached(at)
  stamp = at
end

function told.as_of(time)
  as_of = time
end

function told.is_over()
  return false
end

local function follow(node)
  local sock = core.tcp()
  -- HAProxy counts the time in which nothing is sent, too: a stream has to end before that.
  sock:settimeout(15)
  assert(sock:connect(node[1], node[2]))
  local wishes = { authorization = AUTHORIZATION, lifetime = "10s", stamp = stamp, now = now, bound = BOUND }
  local ok, failure = pcall(feed.follow, sock, wishes, told)
  sock:close()
  assert(ok, failure)
end

core.register_task(function()
  local tries = 0
  while true do
    local ok, failure = pcall(follow, NODES[tries % #NODES + 1])
    if not ok then
      core.Warning("revoker: " .. tostring(failure))
      core.msleep(500 + math.random(1000))
    end
    tries = tries + 1
  end
end)

-- The node that has answered last.
local current = 1

-- What the first node says that can decide, or nothing.
local function exchange(tokens, asked)
  local headers = {
    host = { "localhost" },
    ["revoker-authorization"] = { AUTHORIZATION },
    ["revoker-min-stamp"] = asked.stamp and { tostring(asked.stamp) },
    authorization = {},
  }
  -- All of them, so that Revoker refuses a request with two. HAProxy counts them from 0.
  for i = 0, #tokens do
    table.insert(headers.authorization, tokens[i])
  end
  local first = current
  for i = first, first + #NODES - 1 do
    local node = (i - 1) % #NODES + 1
    local url = "http://" .. table.concat(NODES[node], ":") .. "/v1/check"
    -- HAProxy tries four times, each up to this time-out in milliseconds. Only GET is safe to repeat.
    local answer = core.httpclient():get({ url = url, headers = headers, timeout = 500 })
    if answer.status == 200 or answer.status == 401 then
      current = node
      return answer
    end
  end
  return {}
end

-- What computes the hashes of a token: the converters of a request.
local function crypto(txn)
  return {
    sha256 = function(text) return txn.c:sha2(text, 256) end,
    base64 = function(bytes) return txn.c:base64(bytes) end,
    decode_base64 = function(text) return txn.c:b64dec(text) end,
  }
end

local host = { now = now, bound = BOUND, newest = changes.get }

function host.as_of()
  return as_of
end

local function is_fresh()
  return as_of + BOUND > now()
end

function host.epoch()
  return epoch
end

local function facts_of(answer)
  local facts = {}
  for _, fact in ipairs(feed.FACTS) do
    facts[fact] = answer.headers["x-auth-" .. fact][0]
  end
  return facts
end

-- About a connection that is open: its hashes are known.
function host.ask(connection)
  local asked = { stamp = stamp, epoch = epoch }
  local answer = exchange({ [0] = connection.authorization }, asked)
  local keeps = answer.status == 200 and asked.stamp and connection.hashes
  return answer.status, keeps and feed.pack(asked, connection.hashes, facts_of(answer)) or nil
end

local function known(answer)
  return answer and feed.unpack(answer.text, epoch, changes.get)
end

local function kept(key)
  local answer = is_fresh() and answers.get(key)
  return answer and now() - answer.kept < KEEP and os.time() < answer.exp and answer or nil
end

-- Facts, and the answer if it can be kept.
local function ask(txn, tokens, key, token)
  local asked = { stamp = stamp, epoch = epoch }
  local answer = exchange(tokens, asked)
  if answer.status == 200 then
    local facts = facts_of(answer)
    local hashes = asked.stamp and token and feed.hashes(token, facts, crypto(txn))
    local new = hashes
      and { text = feed.pack(asked, hashes, facts), hashes = hashes, exp = tonumber(facts.exp), kept = now() }
    if new then
      answers.put(key, new)
    end
    return facts, new
  elseif answer.status == 401 then
    txn:set_var("txn.challenge", answer.headers["www-authenticate"][0])
    txn:set_var("txn.verdict", "refused")
  end
end

local function check(txn)
  local headers = txn.http:req_get_headers()
  local tokens = headers["authorization"] or {}
  local one = not tokens[1] and tokens[0] or ""
  local key = txn.c:sha2(one, 256)
  -- Up to when the token is known to be good. Before what has changed: it says that all of that is known.
  local good = host.as_of()
  local answer = kept(key)
  local facts = known(answer)
  if not facts then
    good = host.now()
    facts, answer = ask(txn, tokens, key, one:match("^%a+ +([^ ]+)$"))
  end
  if facts then
    for _, fact in ipairs(feed.FACTS) do
      txn:set_var("txn." .. fact, facts[fact])
    end
    -- For haproxy-live.lua.
    txn:set_priv({
      authorization = one, good = good, text = answer and answer.text, hashes = answer and answer.hashes,
    })
    txn:set_var("txn.verdict", "good")
  end
end

live.start(host)

core.register_action("revoker", { "http-req" }, check, 0)
