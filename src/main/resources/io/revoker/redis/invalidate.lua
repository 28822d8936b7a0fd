-- Invalidates one token of a grant. One that has expired does not count, but is invalidated too: another clock may take it
-- for unexpired.
-- KEYS[1] bundle; ARGV[1] grant id, ARGV[2] the flag that says live: 2 access, 8 refresh
-- Answers 1 if the token was live, 0 if it was invalid before, -1 if it is not there or has expired, -2 if it is damaged.
local held = redis.call('HMGET', KEYS[1], ARGV[1], '')
local state, sweep = held[1], held[2]
if not state then
  return -1
end
if (#state ~= 13 and #state ~= 21) or (sweep and #sweep ~= 12) then
  return -2
end
-- Redis refuses only the first write of a script for want of memory: a command that takes none goes first.
redis.call('HDEL', KEYS[1], '-')
local live = tonumber(ARGV[2])
local last, flags, birth = struct.unpack('>I4BI8', state)
local expiry = last
if #state > 13 then
  local access, refresh = struct.unpack('>I4I4', state, 14)
  expiry = live == 2 and access or refresh
end
local expired = expiry <= tonumber(redis.call('TIME')[1])
if bit.band(flags, live) == 0 or (sweep and birth < struct.unpack('>I8', sweep, 5)) then
  return expired and -1 or 0
end
redis.call('HSET', KEYS[1], ARGV[1], string.sub(state, 1, 4) .. string.char(flags - live) .. string.sub(state, 6))
return expired and -1 or 1
