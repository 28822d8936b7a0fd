-- Locks: the field is the id of the mark of what is locked, the value the time when the lock ends, eight bytes in
-- microseconds, and its text.

-- Drops those that have ended, if there seems to be no room for so many more.
local function make_room(locks, more, most)
  if redis.call('HLEN', locks) + more <= most then
    return
  end
  local time = redis.call('TIME')
  local now = time[1] * 1000000 + time[2]
  local all = redis.call('HGETALL', locks)
  for i = 1, #all, 2 do
    if #all[i + 1] < 8 or struct.unpack('>I8', all[i + 1]) <= now then
      redis.call('HDEL', locks, all[i])
    end
  end
end

-- Whether there is room for this one.
local function has_room(locks, id, most)
  return redis.call('HGET', locks, id) or redis.call('HLEN', locks) < most
end

-- Writes a lock, unless there is one that lasts as long. The key lives as long as its longest lock.
local function lock(locks, id, ends, text)
  local held = redis.call('HGET', locks, id)
  if held and #held >= 8 and struct.unpack('>I8', held) >= ends then
    return
  end
  redis.call('HSET', locks, id, struct.pack('>I8', ends) .. text)
  local seconds = math.floor(ends / 1000000) + 1
  local left = redis.call('TTL', locks)
  if left < 0 or redis.call('TIME')[1] + left < seconds then
    redis.call('EXPIREAT', locks, seconds)
  end
end
