-- Notes that the sweep of a mark has come to every token.
-- KEYS[1] bucket; ARGV[1] id, ARGV[2] the mark's stamp in eight bytes
-- Answers 1, or 0 if the mark was raised again or is not there.
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then
  return 0
end
-- Redis refuses only the first write of a script for want of memory: a command that takes none goes first.
redis.call('HDEL', KEYS[1], '')
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2] .. '+')
return 1
