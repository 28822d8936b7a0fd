-- Reads marks.
-- KEYS[i] the bucket of a mark; ARGV[i] the eight bytes of its id
-- Returns the values, empty where there is no mark.
local found = {}
for i = 1, #KEYS do
  found[i] = redis.call('HGET', KEYS[i], ARGV[i]) or ''
end
return found
