-- Removes a record, but only if it is still the one that was seen: another registration may have written its own in
-- the meantime.
-- KEYS[1] hash; ARGV[1] field, ARGV[2] value as seen; perhaps ARGV[3], the field of an entry that was added with it
-- Returns 1 if it was removed, else 0.
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then
  return 0
end
if ARGV[3] then
  redis.call('HDEL', KEYS[1], ARGV[3])
end
return redis.call('HDEL', KEYS[1], ARGV[1])
