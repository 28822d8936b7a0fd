-- The worker 0 of nginx follows the revocations, for all workers. See feed.lua.
local feed = require "feed"
local ffi = require "ffi"
ffi.cdef [[
  unsigned char *SHA256(const unsigned char *text, size_t length, unsigned char *hash);
  typedef struct { long seconds; long nanoseconds; } revoker_time;
  int clock_gettime(int clock, revoker_time *time);
]]

local M = {}
local NODES = { { "127.0.0.1", 8080 } }
-- base64 of gateway:SECRET, here with the secret of clients.example.yaml
local AUTHORIZATION = "Basic Z2F0ZXdheTpvNVNqWHNzVVRDZ20wSzF2MkRCd0d5NzBOQ1FHbjRqNGNSV05VN3hEUVJB"
-- How old, in seconds, what is known of the revocations may be. When it is older, every token is asked about.
local BOUND = 5
-- How long an answer is kept, in seconds.
local KEEP = 60
-- How many questions a worker asks a node at once, and how many wait for their turn.
local POOL = { pool_size = 32, backlog = 10000 }

local answers = ngx.shared.revoker_answers
local changes = ngx.shared.revoker_changes
local MONOTONIC = 1

local function now()
  local time = ffi.new("revoker_time")
  ffi.C.clock_gettime(MONOTONIC, time)
  return tonumber(time.seconds) + tonumber(time.nanoseconds) / 1e9
end

local crypto = { base64 = ngx.encode_base64, decode_base64 = ngx.decode_base64 }

function crypto.sha256(text)
  local hash = ffi.new("unsigned char[32]")
  ffi.C.SHA256(text, #text, hash)
  return ffi.string(hash, 32)
end

local told = {}

function told.changed_all()
  changes:incr("epoch", 1)
end

function told.changed(hash, stamp)
  changes:flush_expired(100)
  return changes:safe_set(hash, stamp, 2 * KEEP)
end

function told.reached(stamp)
  changes:set("stamp", stamp)
end

function told.as_of(time)
  changes:set("as_of", time)
end

function told.is_over()
  return ngx.worker.exiting()
end

local function follow(node)
  local sock = ngx.socket.tcp()
  sock:settimeouts(1000, 1000, 3000)
  assert(sock:connect(node[1], node[2]))
  local wishes = { authorization = AUTHORIZATION, lifetime = "5m", stamp = changes:get("stamp"), now = now,
    bound = BOUND }
  local ok, failure = pcall(feed.follow, sock, wishes, told)
  sock:close()
  assert(ok, failure)
end

local function follow_on()
  local tries = 0
  while not ngx.worker.exiting() do
    local ok, failure = pcall(follow, NODES[tries % #NODES + 1])
    if not ok then
      ngx.log(ngx.WARN, "revoker: ", failure)
    end
    tries = tries + 1
    ngx.sleep(ok and 0 or 0.5 + math.random())
  end
end

-- In init_worker_by_lua.
function M.start()
  changes:add("epoch", 0)
  if ngx.worker.id() == 0 then
    assert(ngx.timer.at(0, follow_on))
  end
end

local host = { now = now, bound = BOUND }
M.host = host

-- Up to when everything that was revoked is known.
function host.as_of()
  return changes:get("as_of") or -BOUND
end

local function is_fresh()
  return host.as_of() + BOUND > now()
end

function host.epoch()
  return changes:get("epoch")
end

function host.newest(hash)
  return changes:get(hash)
end

local function known(text)
  return text and feed.unpack(text, host.epoch(), host.newest)
end

-- An answer as one text; nil if it can't be kept.
local function packed(authorization, asked, facts)
  local token = authorization:match("^%a+ +([^ ]+)$")
  local hashes = asked.stamp and token and feed.hashes(token, facts, crypto)
  return hashes and feed.pack(asked, hashes, facts)
end

local function facts_of(headers)
  local facts = {}
  for _, fact in ipairs(feed.FACTS) do
    facts[fact] = headers["x-auth-" .. fact]
  end
  return facts
end

local function exchange(node, request)
  local sock = ngx.socket.tcp()
  sock:settimeouts(2000, 500, 2000)
  local pool = { pool = "questions " .. table.concat(node, ":"), pool_size = POOL.pool_size, backlog = POOL.backlog }
  local ok, status, headers = pcall(function()
    assert(sock:connect(node[1], node[2], pool))
    assert(sock:send(request))
    local status, headers = feed.head(sock)
    assert(sock:receive(assert(tonumber(headers["content-length"]))))
    return status, headers
  end)
  if ok then
    sock:setkeepalive(10000)
    return status, headers
  end
  sock:close()
end

-- The node that has answered last.
local current = 1

-- What the first node says that can decide: 200, facts, and the answer as one text if it can be kept; or 401, headers.
local function ask(authorization)
  -- In this order: the other process that counts an epoch tells of a newer stamp afterwards.
  local asked = { epoch = host.epoch() }
  asked.stamp = changes:get("stamp")
  local request = "GET /v1/check HTTP/1.1\r\nHost: localhost\r\nRevoker-Authorization: " .. AUTHORIZATION .. "\r\n"
    .. (authorization ~= "" and "Authorization: " .. authorization .. "\r\n" or "")
    .. (asked.stamp and "Revoker-Min-Stamp: " .. asked.stamp .. "\r\n" or "") .. "\r\n"
  local first = current
  for i = first, first + #NODES - 1 do
    local node = (i - 1) % #NODES + 1
    local status, headers = exchange(NODES[node], request)
    if status == 200 or status == 401 then
      current = node
      if status == 401 then
        return status, headers
      end
      local facts = facts_of(headers)
      return status, facts, packed(authorization, asked, facts)
    end
  end
end

-- About a connection that is open.
function host.ask(connection)
  local status, _, text = ask(connection.authorization)
  return status, text
end

-- Nothing that the service may take for what is said here. nginx itself drops names with an underscore.
local function identify(facts)
  for name in pairs(ngx.req.get_headers(0)) do
    if name:find("^x%-auth%-") then
      ngx.req.clear_header(name)
    end
  end
  for _, fact in ipairs(feed.FACTS) do
    ngx.req.set_header("X-Auth-" .. fact:gsub("^%l", string.upper), facts[fact])
  end
end

-- In access_by_lua.
function M.check()
  local authorization = ngx.var.http_authorization or ""
  local key = crypto.sha256(authorization)
  -- Up to when the token is known to be good. Before what has changed: it says that all of that is known.
  local good = host.as_of()
  local text = is_fresh() and answers:get(key)
  local facts = known(text)
  if not facts then
    good = now()
    local status, answer, new = ask(authorization)
    if status == 401 then
      ngx.header["WWW-Authenticate"] = answer["www-authenticate"]
      return ngx.exit(401)
    elseif status ~= 200 then
      -- Revoker can't decide now, or these credentials are not those of a gateway.
      ngx.header["Retry-After"] = 1
      return ngx.exit(503)
    end
    facts, text = answer, new
    local time = math.min(KEEP, tonumber(facts.exp) - ngx.time())
    if text and time > 0 then
      answers:set(key, text, time)
    end
  end
  -- For nginx-live.lua.
  ngx.ctx.connection = { authorization = authorization, text = text, good = good, next = now() }
  identify(facts)
end

return M
