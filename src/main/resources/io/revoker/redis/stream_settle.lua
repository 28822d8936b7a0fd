-- Writes which events of a stream were delivered.
-- KEYS[1] the stream, KEYS[2] what was delivered ahead of others; ARGV[1] up to which stamp all were, ARGV[2] when it
-- was known that nothing was left, ARGV[3] how many stamps follow; then these stamps, which were delivered ahead, and
-- the fields of notices that were
-- Returns 1, or 0 if there is no such stream.
if redis.call('HLEN', KEYS[1]) == 0 then
  return 0
end
write_first(KEYS[1])
for i = 4 + tonumber(ARGV[3]), #ARGV do
  redis.call('HDEL', KEYS[1], ARGV[i])
end
for i = 4, 3 + tonumber(ARGV[3]) do
  redis.call('ZADD', KEYS[2], ARGV[i], ARGV[i])
end
local done = tonumber(redis.call('HGET', KEYS[1], 'done') or '0')
if tonumber(ARGV[1]) > done then
  redis.call('HSET', KEYS[1], 'done', ARGV[1])
  done = tonumber(ARGV[1])
end
if tonumber(ARGV[2]) > tonumber(redis.call('HGET', KEYS[1], 'reached') or '0') then
  redis.call('HSET', KEYS[1], 'reached', ARGV[2])
end
local passed = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', string.format('%.0f', done))
if #passed > 0 then
  redis.call('ZREM', KEYS[2], unpack(passed))
end
return 1
