-- Replaces a record, but only if it is still the one that was seen. An expired record is left alone. A record that
-- another registration of the same tokens has replaced in the same way counts as replaced.
-- KEYS[1] hash; ARGV[1] field, ARGV[2] value as seen, ARGV[3] value to be
-- Returns 0 if there is a different one, 2 if there is none, else 1.
local held = redis.call('HGET', KEYS[1], ARGV[1])
if held == ARGV[2] then
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
  return 1
end
return not held and 2 or held == ARGV[3] and 1 or 0
