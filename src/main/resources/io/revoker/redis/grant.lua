-- Adds a grant to a bundle of its holder unless it is there, and the holder to the index of its realm, atomically: a
-- sweep finds both or neither. A grant that is added after a sweep is born after it, even if its node does not know of
-- the sweep.
-- KEYS[1] bundle, KEYS[2] realm index; for another bundle than the first also KEYS[3] the first, KEYS[4] index of the
-- others
-- ARGV[1] grant id, ARGV[2] state, ARGV[3] user, ARGV[4] name of the bundle
-- Returns the state as it is now, then, if it was added: 1, '', and the number of entries of the bundle; else: 0, the
-- newest sweep of the bundle, and the time in seconds.
local key, state = KEYS[1], ARGV[2]
local sweep = redis.call('HGET', key, '')
sweep = sweep == '' and 'damaged' or sweep or ''
local expiry, _, birth = struct.unpack('>I4BI8', state)
if #sweep == 12 and birth < struct.unpack('>I8', sweep, 5) then
  state = string.sub(state, 1, 5) .. string.sub(sweep, 5, 12) .. string.sub(state, 14)
end
local held = put(key, ARGV[1], state, function(size) return size == 13 or size == 21 end)
if held then
  return {held, 0, sweep, now}
end
index(KEYS[2], ARGV[3], expiry)
if #KEYS > 2 then
  redis.call('HSETNX', KEYS[3], '+', string.char(255, 255, 255, 255))
  if not keep(KEYS[3], expiry) then
    clean(KEYS[3])
  end
  index(KEYS[4], ARGV[4], expiry)
end
return {state, 1, '', redis.call('HLEN', key)}
