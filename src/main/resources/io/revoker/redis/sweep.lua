-- Invalidates the tokens of one holder that were born before a stamp, a bounded piece of them at a time.
-- A grant counts only if one of its tokens is live: then each live token is one invalidated, each invalid one is one
-- previously invalidated. A grant met again has no live token and adds nothing. What had expired at the stamp does not count,
-- but is invalidated too: another clock may take it for unexpired.
-- KEYS[1] grants; ARGV[1] stamp in microseconds, ARGV[2] cursor ('0' to begin), ARGV[3] how many grants a piece has
-- Answers the next cursor ('0' at the end), invalidated, previously invalidated.
local cursor, size = ARGV[2], tonumber(ARGV[3])
local entries
if cursor == '0' and redis.call('HLEN', KEYS[1]) <= size then
  entries = redis.call('HGETALL', KEYS[1])
else
  local page = redis.call('HSCAN', KEYS[1], cursor, 'COUNT', size)
  cursor, entries = page[1], page[2]
end
local before = tonumber(ARGV[1])
local now = before / 1000000
local unpacked, packed, sub, band = struct.unpack, struct.pack, string.sub, bit.band
local invalidated, previously = 0, 0
local changed, n = {}, 0
for i = 1, #entries, 2 do
  local state = entries[i + 1]
  local last, flags, birth = unpacked('>I4BI8', state)
  if birth < before and band(flags, 10) ~= 0 then
    local access, refresh, expiries = last, last, ''
    if #state > 13 then
      access, refresh = unpacked('>I4I4', state, 14)
      expiries = sub(state, 14)
    end
    local live, dead = 0, 0
    if access > now then
      if band(flags, 2) ~= 0 then live = live + 1 elseif band(flags, 1) ~= 0 then dead = dead + 1 end
    end
    if refresh > now then
      if band(flags, 8) ~= 0 then live = live + 1 elseif band(flags, 4) ~= 0 then dead = dead + 1 end
    end
    if live > 0 then
      invalidated, previously = invalidated + live, previously + dead
    end
    changed[n + 1] = entries[i]
    changed[n + 2] = packed('>I4BI8', last, band(flags, 5), birth) .. expiries
    n = n + 2
  end
end
-- No more than a thousand arguments at a time: Lua has room for about eight thousand.
for from = 1, n, 1000 do
  redis.call('HSET', KEYS[1], unpack(changed, from, math.min(from + 999, n)))
end
return {cursor, invalidated, previously}
