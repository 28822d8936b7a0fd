-- Gives a grant a newer birth stamp, but only if it is still the very state that its registration wrote.
-- KEYS[1] grants; ARGV[1] grant id, ARGV[2] state as written, ARGV[3] state with the newer birth stamp
-- Answers 1 if it was, 0 if a revocation came first.
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then
  return 0
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return 1
