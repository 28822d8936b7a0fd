-- Adds an entry to a hash unless it is there, and keeps the key until its last entry expires. Every value begins with its
-- expiry, four bytes of seconds. The hash is cleaned as it is written: each new entry looks at a few random ones and removes
-- those that have expired, so that of any number at most about a quarter are.
-- KEYS[1] hash; ARGV[1] field, ARGV[2] value
-- Answers the unexpired value that was there before; nil if the entry was added.
local key, field, value = KEYS[1], ARGV[1], ARGV[2]
local now = tonumber(redis.call('TIME')[1])
if redis.call('HSETNX', key, field, value) == 0 then
  local held = redis.call('HGET', key, field)
  if struct.unpack('>I4', held) > now then
    return held
  end
  redis.call('HSET', key, field, value)
end
local ttl = redis.call('TTL', key)
if ttl >= 0 then -- else the key is new
  local sample = redis.call('HRANDFIELD', key, 4, 'WITHVALUES')
  for i = 1, #sample, 2 do
    if struct.unpack('>I4', sample[i + 1]) <= now and sample[i] ~= field then
      redis.call('HDEL', key, sample[i])
    end
  end
end
local expiry = struct.unpack('>I4', value)
if ttl < 0 or now + ttl < expiry then
  redis.call('EXPIREAT', key, expiry)
end
return false
