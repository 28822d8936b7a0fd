-- Adds a grant to a bundle of its holder unless it is there, and the holder, or the hash that it shares, to the index
-- of its realm, atomically: a sweep finds both or neither. A grant that is added after a sweep of the whole hash is
-- born after it, even if its node does not know of the sweep.
-- first, others: for another bundle than the first, that one and the index of the others
-- Returns the state as it is now, then, if it was added: 1, '', and the number of entries of the bundle; else: 0, the
-- newest sweep of the bundle, and the time in seconds.
local function add_grant(bundle, users, first, others, grant, user)
  local state = grant.state
  local held = put(bundle, grant.id, state, function(size) return size == 13 or size == 21 end)
  local entries = not held and redis.call('HLEN', bundle)
  -- One that has nothing else has no sweep.
  local sweep = (held or entries > 1) and redis.call('HGET', bundle, '')
  sweep = sweep == '' and 'damaged' or sweep or ''
  if held then
    return {held, 0, sweep, now}
  end
  local expiry, _, birth = struct.unpack('>I4BI8', state)
  if #sweep == 12 and birth < struct.unpack('>I8', sweep, 5) then
    state = string.sub(state, 1, 5) .. string.sub(sweep, 5, 12) .. string.sub(state, 14)
    redis.call('HSET', bundle, grant.id, state)
  end
  index(users, user, expiry)
  if first then
    redis.call('HSETNX', first, '+', string.char(255, 255, 255, 255))
    if not keep(first, expiry) then
      clean(first)
    end
    index(others, grant.bundle, expiry)
  end
  return {state, 1, '', entries}
end
