-- Says in which layout the data are, and notes that of the caller where none is noted, or an older one of as many
-- shards. A caller for whom something else is noted changes nothing: it does not start.
-- KEYS[1] layout; ARGV[1] version of the caller, ARGV[2] shards of a realm by its settings
-- Returns the version and the shards that are noted now, each nil if it is not.
local held = redis.call('HMGET', KEYS[1], 'version', 'shards')
local version, own = tonumber(held[1] or 0), tonumber(ARGV[1])
local fits = version and version <= own and (held[2] or ARGV[2]) == ARGV[2]
if fits and (version < own or not held[2]) then
  write_first(KEYS[1])
  redis.call('HSET', KEYS[1], 'version', ARGV[1], 'shards', ARGV[2])
  return {ARGV[1], ARGV[2]}
end
return held
