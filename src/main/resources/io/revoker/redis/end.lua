-- Ends a running sweep, and drops those that ended too long ago or are too many.
-- KEYS[1] leases, KEYS[2] sweeps, KEYS[3] ended
-- ARGV[1] sweep, ARGV[2] its text, or '' if nobody will ask for it, ARGV[3] seconds that the ended are kept, ARGV[4] how many
-- Answers 1 if it was running, else 0.
local function drop(sweeps)
  for _, sweep in ipairs(sweeps) do
    redis.call('HDEL', KEYS[2], sweep)
    redis.call('ZREM', KEYS[3], sweep)
  end
end
local was = redis.call('ZREM', KEYS[1], ARGV[1])
if was == 1 and ARGV[2] == '' then
  redis.call('HDEL', KEYS[2], ARGV[1])
elseif was == 1 then
  local now = tonumber(redis.call('TIME')[1])
  redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
  redis.call('ZADD', KEYS[3], now, ARGV[1])
  drop(redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', now - ARGV[3], 'LIMIT', 0, 16))
  drop(redis.call('ZRANGE', KEYS[3], 0, -1 - ARGV[4]))
end
return was
