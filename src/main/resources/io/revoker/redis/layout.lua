-- Says in which layout the data are, and notes that of the caller where none is noted, or an older one.
-- KEYS[1] layout; ARGV[1] version of the caller, ARGV[2] shards of a realm by its settings
-- Returns the version and the shards that are noted now.
local held = redis.call('HMGET', KEYS[1], 'version', 'shards')
local version = tonumber(held[1] or 0)
local newer = version and version < tonumber(ARGV[1])
if held[2] and not newer then
  return held
end
-- Out of memory, Redis refuses a command only while the script has written nothing: so a write that needs no memory
-- goes first.
redis.call('HDEL', KEYS[1], '')
if newer then
  redis.call('HSET', KEYS[1], 'version', ARGV[1])
end
redis.call('HSETNX', KEYS[1], 'shards', ARGV[2])
return redis.call('HMGET', KEYS[1], 'version', 'shards')
