-- Drops sweeps that ended too long ago, or are too many.
-- sweeps, targets: the keys; lists: keys of sorted sets of sweeps by when they ended; seconds that a sweep is kept, how many
-- of a list are
local function drop(sweeps, targets, lists, seconds, most)
  local time = tonumber(redis.call('TIME')[1])
  for _, list in ipairs(lists) do
    for _, old in ipairs({
      redis.call('ZRANGEBYSCORE', list, '-inf', time - seconds, 'LIMIT', 0, 100),
      redis.call('ZRANGE', list, 0, -1 - most)
    }) do
      for _, sweep in ipairs(old) do
        local target = string.match(redis.call('HGET', sweeps, sweep) or '', '^%S+ (%S+)')
        redis.call('ZREM', list, sweep)
        redis.call('HDEL', sweeps, sweep)
        if target and string.match(redis.call('HGET', targets, target) or '', '^%d+') == sweep then
          redis.call('HDEL', targets, target)
        end
      end
    end
  end
  return time
end
