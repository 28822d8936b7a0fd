-- Adds a notice to a stream of events.
-- KEYS[1] the stream; ARGV[1] field of the notice, ARGV[2] its text, ARGV[3] the shortest time since the last one in
-- milliseconds, ARGV[4] how many fields the stream may have
-- Returns 'added', 'unknown', 'soon' or 'many'.
local fields = redis.call('HLEN', KEYS[1])
if fields == 0 then
  return 'unknown'
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local last = tonumber(redis.call('HGET', KEYS[1], 'noted') or '0')
if tonumber(ARGV[3]) > 0 and last <= now and now - last < tonumber(ARGV[3]) then
  return 'soon'
end
if fields >= tonumber(ARGV[4]) then
  return 'many'
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
if tonumber(ARGV[3]) > 0 then
  redis.call('HSET', KEYS[1], 'noted', string.format('%.0f', now))
end
return 'added'
