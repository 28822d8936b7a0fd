-- Removes a record, but only if it is still the one that was seen: another registration may have put its own there meanwhile.
-- KEYS[1] hash; ARGV[1] field, ARGV[2] value as seen
-- Answers 1 if it was removed, else 0.
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then
  return 0
end
return redis.call('HDEL', KEYS[1], ARGV[1])
