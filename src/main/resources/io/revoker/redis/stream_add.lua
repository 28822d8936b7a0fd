-- Adds a stream of events, unless there are too many.
-- KEYS[1] whose each stream is, KEYS[2] the stream; ARGV[1] its id, ARGV[2] whose it is, ARGV[3] how many there may be,
-- ARGV[4] how many one caller may have; then fields and values of the stream
-- Returns 1, or 0 if there are too many.
if not redis.call('HGET', KEYS[1], ARGV[1]) then
  local own = 0
  for _, caller in ipairs(redis.call('HVALS', KEYS[1])) do
    if caller == ARGV[2] then
      own = own + 1
    end
  end
  if own >= tonumber(ARGV[4]) or redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[3]) then
    return 0
  end
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('HSET', KEYS[2], unpack(ARGV, 5))
return 1
