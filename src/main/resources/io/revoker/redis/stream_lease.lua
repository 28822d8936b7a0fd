-- Gives the work on a stream of events to one instance for a while, or ends that.
-- KEYS[1] the stream; ARGV[1] the instance, ARGV[2] for how many milliseconds, 0 to end it
-- Returns 1 if the instance has it, 0 if another one has, or there is no such stream.
if redis.call('HLEN', KEYS[1]) == 0 then
  return 0
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local owner, ends = string.match(redis.call('HGET', KEYS[1], 'lease') or '', '^(%S+) (%d+)$')
if owner and owner ~= ARGV[1] and tonumber(ends) > now then
  return 0
end
-- Out of memory, Redis refuses a command only while the script has written nothing: so a write that needs no memory
-- goes first.
redis.call('HDEL', KEYS[1], 'lease')
if tonumber(ARGV[2]) > 0 then
  redis.call('HSET', KEYS[1], 'lease', ARGV[1] .. ' ' .. string.format('%.0f', now + ARGV[2]))
end
return 1
