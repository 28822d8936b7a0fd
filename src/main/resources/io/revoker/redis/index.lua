-- Adds a member to an index set, or moves its expiry later, and keeps the key until its last member expires.
-- KEYS[1] index set; ARGV[1] member, ARGV[2] expiry in seconds
redis.call('ZADD', KEYS[1], 'GT', ARGV[2], ARGV[1])
local now = tonumber(redis.call('TIME')[1])
local expired = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, 16)
if #expired > 0 then
  redis.call('ZREM', KEYS[1], unpack(expired))
end
local ttl = redis.call('TTL', KEYS[1])
if ttl < 0 or now + ttl < tonumber(ARGV[2]) then
  redis.call('EXPIREAT', KEYS[1], ARGV[2])
end
