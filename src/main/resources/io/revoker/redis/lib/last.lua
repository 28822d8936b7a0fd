-- The newest stamp of a mark, '0' if there is none. It is read once for a group of scripts.
local known_last

local function last(key)
  known_last = known_last or redis.call('GET', key) or '0'
  return known_last
end

local function set_last(key, stamp)
  redis.call('SET', key, stamp)
  known_last = stamp
end

