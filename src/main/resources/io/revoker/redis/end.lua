-- Ends a running sweep.
-- KEYS[1] leases, KEYS[2] sweeps, KEYS[3] ended
-- ARGV[1] seconds that the ended are kept, ARGV[2] how many, ARGV[3] sweep, ARGV[4] its text, or '' if nobody will ask for it
-- Answers 1 if it was running, else 0.
local now = drop(KEYS[2], KEYS[3], ARGV[1], ARGV[2])
local was = redis.call('ZREM', KEYS[1], ARGV[3])
if was == 1 and ARGV[4] == '' then
  redis.call('HDEL', KEYS[2], ARGV[3])
elseif was == 1 then
  redis.call('HSET', KEYS[2], ARGV[3], ARGV[4])
  redis.call('ZADD', KEYS[3], now, ARGV[3])
end
return was
