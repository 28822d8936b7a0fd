-- Gives the next stamp: it is newer than every one before it.
-- clock: the key of the newest stamp; known: the newest one that the one who asks knows: Redis may have lost it, and have a clock that is
-- behind it; latest: the latest time that it can be: stamps only grow, so one of a clock that was wrong for a moment would be followed by
-- such for good
-- Returns it as a number and as text, since a Lua number would be cut to 32 bits on some builds, and the time now in microseconds.
local function next_stamp(clock, known, latest)
  local time = redis.call('TIME')
  local now = time[1] * 1000000 + time[2]
  local newest = tonumber(redis.call('GET', clock) or '0')
  local number = math.max(math.min(now, latest), newest + 1, known + 1)
  local stamp = string.format('%.0f', number)
  -- Redis refuses only the first write of a script for want of memory: a command that takes none goes first.
  redis.call('PERSIST', clock)
  redis.call('SET', clock, stamp)
  return number, stamp, now
end
