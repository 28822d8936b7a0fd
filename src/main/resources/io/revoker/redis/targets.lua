-- The sweeps of a target that still matter: those that are not over, and those whose counts nobody was told yet; the newest first, with blanks between.
-- However often its callers give up, there are never more of them.
local MOST_OF_A_TARGET = 100

local function sweeps_of(targets, target)
  local found = {}
  for sweep in string.gmatch(redis.call('HGET', targets, target) or '', '%d+') do
    found[#found + 1] = sweep
  end
  return found
end

-- Keeps some of them, in their order.
local function keep_sweeps(targets, target, sweeps, matters)
  local kept = {}
  for _, sweep in ipairs(sweeps) do
    if #kept < MOST_OF_A_TARGET and matters(sweep) then
      kept[#kept + 1] = sweep
    end
  end
  if #kept > 0 then
    redis.call('HSET', targets, target, table.concat(kept, ' '))
  elseif #sweeps > 0 then
    redis.call('HDEL', targets, target)
  end
end

local function drop_sweep(targets, target, dropped)
  keep_sweeps(targets, target, sweeps_of(targets, target), function(sweep) return sweep ~= dropped end)
end
