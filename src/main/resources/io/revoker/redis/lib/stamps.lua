local now_micros = time[1] * 1000000 + time[2]
-- Of the clock, which is read once for a group of scripts.
local newest

-- Gives the next stamp: it is newer than every one before it.
-- clock: the key of the newest stamp
-- known: the newest stamp that the calling node knows: Redis may have lost it, and have a clock that is behind it
-- latest: the latest plausible time: stamps only grow, so if a clock were wrong for a moment, all later stamps would
-- be wrong
-- Returns the stamp as a number and as text, since a Lua number would be cut to 32 bits on some builds, and the
-- current time in microseconds.
local function next_stamp(clock, known, latest)
  if not newest then
    newest = tonumber(redis.call('GET', clock) or '0')
    -- Out of memory, Redis refuses a command only while the script has written nothing: so a write that needs no memory
    -- goes first.
    redis.call('PERSIST', clock)
  end
  newest = math.max(math.min(now_micros, latest), newest + 1, known + 1)
  local stamp = string.format('%.0f', newest)
  redis.call('SET', clock, stamp)
  return newest, stamp, now_micros
end
