-- Takes over a sweep whose lease is over.
-- KEYS[1] leases, KEYS[2] sweeps; ARGV[1] the lease in milliseconds
-- Answers the sweep's name and text; nil if there is none.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local sweep = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, 1)[1]
local text = sweep and redis.call('HGET', KEYS[2], sweep)
if not text then
  return false
end
redis.call('ZADD', KEYS[1], now + ARGV[1], sweep)
return {sweep, text}
