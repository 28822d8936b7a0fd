-- Removes a lock, and notifies every reader of the log that it must read the locks anew.
-- KEYS[1] clock, KEYS[2] locks, KEYS[3] events
-- ARGV[1] id, ARGV[2] the newest mark that the calling node knows, ARGV[3] the latest plausible time
-- Returns whether there was one.
local held = redis.call('HGET', KEYS[2], ARGV[1])
if redis.call('HDEL', KEYS[2], ARGV[1]) == 0 then
  return 0
end
local target = string.match(string.sub(held, 9), '^%S+ (%S+)')
local _, stamp = next_stamp(KEYS[1], ARGV[2], ARGV[3])
local event = {'locks', 'changed'}
if target then
  event[3], event[4] = 'target', target
end
redis.call('XADD', KEYS[3], stamp .. '-0', unpack(event))
return 1
