-- Enters a sweep into the ledger. A target has at most two sweeps that have not ended: one that runs, and one that
-- waits for it. A further one replaces the waiting one, because it covers the same tokens and more. The counts of a
-- sweep that ended before its caller could be answered go to the next caller of the target, and stay with the target
-- until a caller has received them.
local UNDELIVERED_MILLIS = 60000
-- How long a waiting sweep is left to the instance that runs the one before: the end of that one makes it claimable.
local QUEUED_MILLIS = 3600000

local function enter(stamp, micros, order, keys)
  local millis = math.floor(micros / 1000)
  local clock = string.format('%.0f', millis)
  local function text(sweep)
    return redis.call('HGET', keys.sweeps, sweep) or ''
  end
  local function is_undelivered(its)
    local updated = string.match(its, '^ENDED %S+ (%d+)')
    return updated and tonumber(updated) > millis - UNDELIVERED_MILLIS
  end
  local state, due, joined, runs = 'RUNNING', millis + order.lease, {}, nil
  if order.lease == 0 then
    state, due = 'WAITING', 0
  end
  local function matters(sweep)
    local its = text(sweep)
    if string.find(its, '^WAITING') then
      redis.call('ZREM', keys.leases, sweep)
      redis.call('HDEL', keys.sweeps, '!' .. sweep)
      redis.call('HSET', keys.sweeps, sweep, (string.gsub(string.gsub(its, '^WAITING', 'JOINED'), '%S+$', stamp)))
      redis.call('ZADD', keys.told, math.floor(millis / 1000), sweep)
    elseif string.find(its, '^RUNNING') then
      runs = sweep
      if not redis.call('ZSCORE', keys.leases, sweep) then
        -- Redis lost its lease (it was deleted from outside). No instance would end that sweep, and this one would
        -- wait for it: so it becomes claimable.
        redis.call('ZADD', keys.leases, 0, sweep)
      end
      return true
    elseif is_undelivered(its) then
      table.insert(joined, 1, sweep)
      return true
    end
    return sweep == stamp
  end
  local sweeps = sweeps_of(keys.targets, order.target)
  table.insert(sweeps, 1, stamp)
  keep_sweeps(keys.targets, order.target, sweeps, matters)
  if runs then
    joined[#joined + 1] = runs
    state, due = 'WAITING', millis + QUEUED_MILLIS
  end
  redis.call('ZADD', keys.leases, due, stamp)
  redis.call('HSET', keys.sweeps, stamp,
      table.concat({state, order.target, clock, '0 0 0 0 0', string.format('%.0f', micros), order.caller, '-'}, ' '))
  local others = joined[1] and table.concat(joined, ',') or '-'
  return table.concat({stamp, state, string.format('%.0f', micros), others}, ' ')
end
