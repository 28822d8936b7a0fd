-- Replaces a record, but only if it is still the one that was seen. One that has expired is left alone.
-- KEYS[1] hash; ARGV[1] field, ARGV[2] value as seen, ARGV[3] value to be
-- Answers 0 if there is another one, else 1.
local held = redis.call('HGET', KEYS[1], ARGV[1])
if held and held ~= ARGV[2] then
  return 0
end
if held then
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
end
return 1
