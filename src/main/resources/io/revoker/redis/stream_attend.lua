-- Notes that the caller of a stream of events is known, or removes the stream if it has not been known for some time.
-- KEYS[1] whose each stream is, KEYS[2] the stream, KEYS[3] what was delivered ahead of others; ARGV[1] its id, ARGV[2]
-- after how many milliseconds it is removed, '' if its caller is known, ARGV[3] after how many it is noted again
-- Returns 1 if it was removed, else 0.
if redis.call('HLEN', KEYS[2]) == 0 then
  return 0
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local known = tonumber(redis.call('HGET', KEYS[2], 'known') or '')
if ARGV[2] ~= '' and known and now - known >= tonumber(ARGV[2]) then
  redis.call('DEL', KEYS[2])
  redis.call('DEL', KEYS[3])
  redis.call('HDEL', KEYS[1], ARGV[1])
  return 1
end
if not known or (ARGV[2] == '' and now - known >= tonumber(ARGV[3])) then
  -- Out of memory, Redis refuses a command only while the script has written nothing: so a write that needs no memory
  -- goes first.
  redis.call('HDEL', KEYS[2], '')
  redis.call('HSET', KEYS[2], 'known', string.format('%.0f', now))
end
return 0
