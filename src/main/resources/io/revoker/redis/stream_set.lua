-- Changes fields of a stream of events.
-- KEYS[1] the stream; ARGV fields and values
-- Returns 1, or 0 if there is no such stream.
if redis.call('HLEN', KEYS[1]) == 0 then
  return 0
end
write_first(KEYS[1])
redis.call('HSET', KEYS[1], unpack(ARGV))
return 1
