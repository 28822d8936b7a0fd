-- What nginx-feed.lua and haproxy-feed.lua have in common. A gateway that follows the revocations keeps the answer of
-- Revoker about a token, and asks again when something was revoked that may concern it. The answer has the stamp up to
-- which the gateway had followed when it asked: only later revocations count, for Revoker is asked not to answer by an
-- older view than that (Revoker-Min-Stamp).
local M = {}

local FACTS = { "subject", "realm", "exp", "client", "scope" }
M.FACTS = FACTS

local function hex(bytes)
  return (bytes:sub(1, 8):gsub(".", function(c) return string.format("%02x", c:byte()) end))
end

-- Seconds since a midnight.
local function clock(text)
  local hours, minutes, seconds = text:match("T(%d+):(%d+):([%d.]+)Z")
  return hours * 3600 + minutes * 60 + tonumber(seconds)
end

local function line(sock)
  return assert(sock:receive("*l")):gsub("\r$", "")
end

-- Status and headers of an answer, with names in lower case.
function M.head(sock)
  local status, headers = line(sock):match("^HTTP/1.1 (%d+)"), {}
  for header in function() return line(sock) end do
    if header == "" then
      return tonumber(status), headers
    end
    local name, value = header:match("^([^:]+): *(.*)$")
    headers[name:lower()] = value
  end
end

local function chunk(sock)
  local size = tonumber(line(sock):match("^%x+"), 16)
  local bytes = size > 0 and assert(sock:receive(size)) or nil
  assert(sock:receive(2))
  return bytes
end

-- What an event may concern, in ways that the hashes of a token don't tell: everything, some of the tokens of a realm
-- or a user, those that were issued before a time.
local function concerns_many(hash)
  local ending = tonumber(hash:sub(13), 16)
  return hash == "ca978112ca1bbdca"
    or (ending >= 0x5e10 and ending <= 0x5e13)
    or (ending % 0x2000 >= 0x0b40 and ending % 0x2000 <= 0x0b41)
end

-- An instance of an earlier version tells of the revocation of a single token before it is done: for a while, Revoker
-- may still say that it is good.
local function settled(stamp, bound)
  return string.format("%.0f", tonumber(stamp) + 2 * bound * 1e6)
end

-- Returns whether all answers have to be asked for again.
local function change(name, data, id, wishes, told)
  local hash = data:match('"hash":"(%x+)"')
  local stamp = name == "revocation" and settled(id, wishes.bound) or id
  local concerns_all = name == "reset" or (hash and name ~= "revocation" and concerns_many(hash))
  if hash and name ~= "unlock" then
    concerns_all = not told.changed(hash, stamp) or concerns_all
  end
  local partner = data:match('"partner_hash":"(%x+)"')
  if partner then
    concerns_all = not told.changed(partner, stamp) or concerns_all
  end
  if concerns_all then
    told.changed_all()
  end
  return concerns_all
end

-- Follows one stream of Revoker until it ends, or fails. The socket is connected.
--   wishes: authorization; lifetime of the stream, after which the clocks are compared anew; stamp to go on after, if
--           there is one; now, a clock that only goes forward, in seconds; bound, in seconds
--   told: changed(hash, stamp up to which answers don't count), false if there is no room for it; changed_all(),
--         reached(stamp), as_of(time by the clock), is_over()
function M.follow(sock, wishes, told)
  local began = wishes.now()
  assert(sock:send("GET /v1/revocations/stream?timeout=" .. wishes.lifetime .. " HTTP/1.1\r\nHost: localhost\r\n"
    .. "Authorization: " .. wishes.authorization .. "\r\n"
    .. (wishes.stamp and "Last-Event-ID: " .. wishes.stamp .. "\r\n" or "") .. "\r\n"))
  local status, headers = M.head(sock)
  assert(status == 200, "feed: " .. tostring(status) .. " (expected: 200)")
  local uptime = tonumber(headers["revoker-uptime"])
  local rest = ""
  for bytes in function() return chunk(sock) end do
    rest = rest .. bytes
    local from, to = rest:find("\n\n", 1, true)
    while from do
      local event = "\n" .. rest:sub(1, from)
      rest = rest:sub(to + 1)
      local name, data = event:match("\nevent: ([%w_]+)"), event:match("\ndata: ([^\n]*)")
      -- A text: as a number, LuaJIT would write it rounded.
      local id = event:match("\nid: (%d+)")
      local concerns_all = false
      if name == "heartbeat" then
        local made = began + (data:match('"uptime":(%d+)') - uptime) / 1000
        local age = clock(data:match('"time":"([^"]+)"')) - clock(data:match('"as_of":"([^"]+)"'))
        told.as_of(made - age % 86400)
      elseif name then
        concerns_all = change(name, data, id, wishes, told)
      end
      if id then
        told.reached(id)
      end
      if concerns_all then
        told.changed_all() -- once more: what was asked for between those two may be older than this stamp
      end
      from, to = rest:find("\n\n", 1, true)
    end
    if told.is_over() then
      return
    end
  end
end

local function decoded(text)
  return text == "-" and "" or (text:gsub("%%(%x%x)", function(digits) return string.char(tonumber(digits, 16)) end))
end

-- Revoker compares names in a canonical form, and says them as they were registered. Those with no characters but up to
-- U+02FF (Latin), and no blanks around them, are their own canonical form.
local function is_canonical(name)
  return not (name:find("[\204-\255]") or name:find("\194\160") or name:find("^ ") or name:find(" $"))
end

local function base64url(bytes, encode)
  return (encode(bytes):gsub("+", "-"):gsub("/", "_"):gsub("=", ""))
end

-- A JWT is known by what is signed of it.
local function signed(token)
  return token:match("^(e[wxyz0123456789_-][^.]*%.[^.]+)%.[^.]*$")
end

-- By which hashes a token may be revoked; none if they can't be told, so that its answer is not kept.
--   crypto: sha256(text), base64(bytes) and decode_base64(text)
function M.hashes(token, facts, crypto)
  local realm, user = decoded(facts.realm), decoded(facts.subject)
  if not (is_canonical(realm) and is_canonical(user)) then
    return nil
  end
  local _, length = realm:gsub("[^\128-\191]", "")
  local function hash(text) return hex(crypto.sha256(text)) end
  local hashes = {
    hash("r" .. realm), hash("u" .. user), hash("h" .. length .. "/" .. realm .. user),
    hash(signed(token) or token),
  }
  if signed(token) then
    local function of_id(text)
      return hash("\0jwt\0" .. realm .. "\0" .. base64url(crypto.sha256(text):sub(1, 16), crypto.base64))
    end
    local payload = token:match("%.([^.]+)%."):gsub("-", "+"):gsub("_", "/")
    local claims = crypto.decode_base64(payload .. ("="):rep(-#payload % 4))
    local _, ids = (claims or ""):gsub('"jti"', "")
    -- Without reading them as JSON, one of several can't be told from another.
    if not claims or claims:find("\\", 1, true) or ids > 1 then
      return nil
    end
    table.insert(hashes, of_id(signed(token)))
    local jti = claims:match('"jti"%s*:%s*"([^"]*)"')
    if jti then
      table.insert(hashes, of_id("\0jti\0" .. realm .. "\0" .. jti))
    end
  end
  return hashes
end

-- An answer as one text.
--   asked: stamp and epoch (the number of changes that may concern all) before it was asked for
function M.pack(asked, hashes, facts)
  local parts = { asked.stamp, asked.epoch, table.concat(hashes, " ") }
  for _, fact in ipairs(FACTS) do
    table.insert(parts, facts[fact])
  end
  return table.concat(parts, "\n")
end

-- The facts of an answer; nil if something has changed since.
--   newest(hash): the stamp up to which answers about that hash don't count, or nil
function M.unpack(text, epoch, newest)
  local parts = {}
  for part in (text .. "\n"):gmatch("([^\n]*)\n") do
    table.insert(parts, part)
  end
  if tonumber(parts[2]) ~= epoch then
    return nil
  end
  for hash in parts[3]:gmatch("%x+") do
    if tonumber(newest(hash) or 0) > tonumber(parts[1]) then
      return nil
    end
  end
  local facts = {}
  for i, fact in ipairs(FACTS) do
    facts[fact] = parts[3 + i]
  end
  return facts
end

return M
