-- A sweep whose caller waits for it is kept for this long, however many there are: a caller on another instance polls
-- for it.
local CALLER_SECONDS = 10
-- But a list never has more than this many times the number that is kept.
local MANY_TIMES = 20

-- Drops sweeps that ended too long ago, or are too many.
-- keys: sweeps, targets, and the sorted sets of ended sweeps, by time
-- seconds: how long an ended sweep is kept
-- most: how many of each list are kept
local function drop(keys, seconds, most)
  local time = tonumber(redis.call('TIME')[1])
  for _, old in ipairs({
    redis.call('ZRANGEBYSCORE', keys.ended, '-inf', time - seconds, 'LIMIT', 0, 100),
    redis.call('ZRANGE', keys.ended, 0, -1 - most)
  }) do
    for _, sweep in ipairs(old) do
      local target = string.match(redis.call('HGET', keys.sweeps, sweep) or '', '^%S+ (%S+)')
      redis.call('ZREM', keys.ended, sweep)
      redis.call('HDEL', keys.sweeps, sweep)
      if target then
        drop_sweep(keys.targets, target, sweep)
      end
    end
  end
  local surplus = redis.call('ZCARD', keys.told) - most
  local old = surplus > 0
      and redis.call('ZRANGEBYSCORE', keys.told, '-inf', time - CALLER_SECONDS, 'LIMIT', 0, math.min(surplus, 200))
      or redis.call('ZRANGEBYSCORE', keys.told, '-inf', time - seconds, 'LIMIT', 0, 200)
  if #old == 0 and surplus > (MANY_TIMES - 1) * most then
    old = redis.call('ZRANGE', keys.told, 0, 199)
  end
  if #old > 0 then
    redis.call('ZREM', keys.told, unpack(old))
    redis.call('HDEL', keys.sweeps, unpack(old))
  end
end
