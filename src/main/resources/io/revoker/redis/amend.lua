-- Corrects the text of a sweep that has ended and is still kept.
-- KEYS[1] sweeps, KEYS[2] ended; ARGV[1] sweep, ARGV[2] its text
if redis.call('ZSCORE', KEYS[2], ARGV[1]) then
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
end
return 0
