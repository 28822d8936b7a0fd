-- Takes over a sweep whose lease has expired.
-- KEYS[1] leases, KEYS[2] sweeps, KEYS[3] targets, KEYS[4] ended, KEYS[5] told
-- ARGV[1] seconds that ended sweeps are kept, ARGV[2] how many of each list, ARGV[3] the lease in milliseconds
-- Returns the sweep's name and text; nil if there is none. A lease without a sweep is removed: it would block all
-- others.
drop({sweeps = KEYS[2], targets = KEYS[3], ended = KEYS[4], told = KEYS[5]}, ARGV[1], ARGV[2])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local sweep = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, 1)[1]
local text = sweep and redis.call('HGET', KEYS[2], sweep)
if not text then
  if sweep then
    redis.call('ZREM', KEYS[1], sweep)
  end
  return false
end
-- Out of memory, Redis refuses a command only while the script has written nothing: so a write that needs no memory
-- goes first.
redis.call('ZREM', KEYS[1], '')
redis.call('ZADD', KEYS[1], now + ARGV[3], sweep)
redis.call('HSET', KEYS[2], sweep, (string.gsub(text, '^WAITING', 'RUNNING')))
return {sweep, text}
