-- Gives a grant a newer birth stamp, but only if it is still the very state that its registration wrote, and no sweep
-- has passed.
-- KEYS[1] bundle; ARGV[1] grant id, ARGV[2] state as written, ARGV[3] state with the newer birth stamp
-- Returns 1 if it was, 0 if a revocation came first.
local held = redis.call('HMGET', KEYS[1], ARGV[1], '')
if held[1] ~= ARGV[2] or (held[2] and #held[2] == 12
    and struct.unpack('>I8', held[2], 5) > struct.unpack('>I8', ARGV[2], 6)) then
  return 0
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return 1
