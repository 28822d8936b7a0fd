-- The sweeps of a target that still matter: those that have not ended, and those whose counts no caller has received
-- yet; the newest first, separated by blanks. There are never more than a hundred, however often callers give up: the
-- oldest are dropped, and their counts are lost.
-- The field of the target has the first two, which is all that an instance of the previous version can read. A second
-- field, named like the target with a blank at the end, has the rest.
local MOST_OF_A_TARGET = 100
local IN_FIRST_FIELD = 2

local function rest_of(target)
  return target .. ' '
end

local function sweeps_of(targets, target)
  local fields = redis.call('HMGET', targets, target, rest_of(target))
  local found = {has_rest = fields[2] and true}
  for sweep in string.gmatch((fields[1] or '') .. ' ' .. (fields[2] or ''), '%d+') do
    found[#found + 1] = sweep
  end
  return found
end

-- Keeps those sweeps for which the function returns true, in their order.
local function keep_sweeps(targets, target, sweeps, matters)
  local kept = {}
  for _, sweep in ipairs(sweeps) do
    if #kept < MOST_OF_A_TARGET and matters(sweep) then
      kept[#kept + 1] = sweep
    end
  end
  if #kept > 0 then
    redis.call('HSET', targets, target, table.concat(kept, ' ', 1, math.min(#kept, IN_FIRST_FIELD)))
  elseif #sweeps > 0 then
    redis.call('HDEL', targets, target)
  end
  if #kept > IN_FIRST_FIELD then
    redis.call('HSET', targets, rest_of(target), table.concat(kept, ' ', IN_FIRST_FIELD + 1))
  elseif sweeps.has_rest then
    redis.call('HDEL', targets, rest_of(target))
  end
end

local function drop_sweep(targets, target, dropped)
  keep_sweeps(targets, target, sweeps_of(targets, target), function(sweep) return sweep ~= dropped end)
end
