-- Drops a mark whose sweep has reached every token, unless it was raised again.
-- KEYS[1] bucket; ARGV[1] id, ARGV[2] the mark's stamp in eight bytes
-- Returns 1 if it was dropped, else 0.
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] .. '+' then
  return 0
end
return redis.call('HDEL', KEYS[1], ARGV[1])
