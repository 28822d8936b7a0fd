-- Says in which layout the data are, and notes it where it is not noted, or if it is to be raised. A caller who can't
-- read it, or has other shards, changes nothing: it does not start.
-- KEYS[1] layout, KEYS[2] and more: keys of which one is there if there are any data; ARGV[1] the newest version that
-- the caller can read, ARGV[2] shards of a realm by its settings, ARGV[3] the version that the layout is raised to at
-- least, ARGV[4] that of a store without data
-- Returns the version and the shards that are noted now, each nil if it is not.
local held = redis.call('HMGET', KEYS[1], 'version', 'shards')
local version = tonumber(held[1] or ARGV[4])
if not held[1] then
  -- Data of the first version may have been written before there was a note of it.
  for i = 2, #KEYS do
    if redis.call('TTL', KEYS[i]) > -2 then
      version = 1
    end
  end
end
local least = tonumber(ARGV[3])
local fits = version and version <= tonumber(ARGV[1]) and (held[2] or ARGV[2]) == ARGV[2]
if fits and (not held[1] or version < least or not held[2]) then
  local raised = string.format('%.0f', math.max(version, least))
  write_first(KEYS[1])
  redis.call('HSET', KEYS[1], 'version', raised, 'shards', ARGV[2])
  return {raised, ARGV[2]}
end
return held
