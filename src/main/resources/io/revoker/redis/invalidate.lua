-- Invalidates one token of a grant, or both tokens of a pair. An expired token does not count, but is invalidated too:
-- by another clock it may be unexpired.
-- KEYS[1] bundle; ARGV[1] grant id, ARGV[2] the live flag of a token: 2 access, 8 refresh, ARGV[3] that of the other
-- token of the pair, 0 to leave that alone
-- Returns how many tokens were live, and how many were invalid before; nil if the grant is damaged.
local held = redis.call('HMGET', KEYS[1], ARGV[1], '')
local state, sweep = held[1], held[2]
if not state then
  return {0, 0}
end
if (#state ~= 13 and #state ~= 21) or (sweep and #sweep ~= 12) then
  return false
end
write_first(KEYS[1])
local last, flags, birth = struct.unpack('>I4BI8', state)
local swept = sweep and birth < struct.unpack('>I8', sweep, 5)
local counts, left = {0, 0}, flags
local function invalidate(live)
  local expiry = last
  if #state > 13 then
    local access, refresh = struct.unpack('>I4I4', state, 14)
    expiry = live == 2 and access or refresh
  end
  local dead = swept or bit.band(flags, live) == 0
  if not dead then
    left = left - live
  end
  if expiry > tonumber(time[1]) then
    counts[dead and 2 or 1] = counts[dead and 2 or 1] + 1
  end
end
invalidate(tonumber(ARGV[2]))
if #state > 13 and ARGV[3] ~= '0' then
  invalidate(tonumber(ARGV[3]))
end
if left ~= flags then
  redis.call('HSET', KEYS[1], ARGV[1], string.sub(state, 1, 4) .. string.char(left) .. string.sub(state, 6))
end
return counts
