-- Notes which token has an index of a status list that was allocated before.
-- KEYS[1] allocations of the list, KEYS[2] their order; ARGV[1] index, ARGV[2] id of the token, ARGV[3] the
-- allocation without its expiry and its birth, which stay
-- Returns 'DONE', 'UNKNOWN' if the index was not allocated, or 'TAKEN' if another token has it.
local held = redis.call('HGET', KEYS[1], ARGV[1])
if not held or #held < 33 or struct.unpack('>I4', held) <= now then
  return 'UNKNOWN'
end
local token = string.sub(held, 18, 33)
if token == ARGV[2] then
  return 'DONE'
end
if token ~= string.rep('\0', 16) then
  return 'TAKEN'
end
redis.call('HSET', KEYS[1], ARGV[1], string.sub(held, 1, 12) .. ARGV[3])
redis.call('RPUSH', KEYS[2], ARGV[1])
return 'DONE'
