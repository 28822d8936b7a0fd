-- Corrects the text of a sweep that has ended and is still kept.
-- KEYS[1] sweeps, KEYS[2] ended; ARGV[1] sweep, ARGV[2] its text
-- Returns the text that was kept until now, or nil.
if not redis.call('ZSCORE', KEYS[2], ARGV[1]) then
  return false
end
local was = redis.call('HGET', KEYS[1], ARGV[1])
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return was
