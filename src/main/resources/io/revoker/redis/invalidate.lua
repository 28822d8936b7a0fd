-- Invalidates one token of a grant, or both tokens of a pair.
-- KEYS[1] bundle; ARGV[1] grant id, ARGV[2] the live flag of a token: 2 access, 8 refresh, ARGV[3] that of the other
-- token of the pair, 0 to leave that alone
-- Returns how many tokens were live, and how many were invalid before; nil if the grant is damaged.
local held = redis.call('HMGET', KEYS[1], ARGV[1], '')
local state, sweep = held[1], held[2]
if not state then
  return {0, 0}
end
if not is_sound(state, sweep) then
  return false
end
write_first(KEYS[1])
local live, dead, after = weigh(state, sweep, tonumber(ARGV[2]), tonumber(ARGV[3]))
if after then
  redis.call('HSET', KEYS[1], ARGV[1], after)
end
return {live, dead}
