-- Drops sweeps that ended too long ago, or are too many.
-- ended, sweeps: the keys; seconds that a sweep is kept, how many are
local function drop(sweeps, ended, seconds, most)
  local time = tonumber(redis.call('TIME')[1])
  for _, old in ipairs({
    redis.call('ZRANGEBYSCORE', ended, '-inf', time - seconds, 'LIMIT', 0, 100),
    redis.call('ZRANGE', ended, 0, -1 - most)
  }) do
    for _, sweep in ipairs(old) do
      redis.call('HDEL', sweeps, sweep)
      redis.call('ZREM', ended, sweep)
    end
  end
  return time
end
