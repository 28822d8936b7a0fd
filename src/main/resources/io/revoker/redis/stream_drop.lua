-- Removes a stream of events.
-- KEYS[1] whose each stream is, KEYS[2] the stream, KEYS[3] what was delivered ahead of others; ARGV[1] its id
-- Returns whether there was one, as 1 or 0.
redis.call('DEL', KEYS[2])
redis.call('DEL', KEYS[3])
return redis.call('HDEL', KEYS[1], ARGV[1])
