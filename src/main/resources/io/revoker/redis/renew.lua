-- Extends the lease of a running sweep, and writes its progress.
-- KEYS[1] leases, KEYS[2] sweeps; ARGV[1] sweep, ARGV[2] the lease in milliseconds, ARGV[3] its text
-- Returns 1 if it is running, else 0.
-- A running sweep without a lease gets a new one: Redis lost it (it was deleted from outside).
if not redis.call('ZSCORE', KEYS[1], ARGV[1])
    and not string.find(redis.call('HGET', KEYS[2], ARGV[1]) or '', '^RUNNING') then
  return 0
end
local time = redis.call('TIME')
-- Out of memory, Redis refuses a command only while the script has written nothing: so a write that needs no memory
-- goes first.
redis.call('ZREM', KEYS[1], '')
redis.call('ZADD', KEYS[1], time[1] * 1000 + math.floor(time[2] / 1000) + ARGV[2], ARGV[1])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[3])
return 1
