-- Lists the sweeps that run, that wait, and that have ended; at most a given number of each kind.
-- KEYS[1] leases, KEYS[2] sweeps, KEYS[3] ended, KEYS[4] told; ARGV[1] how many
-- Returns names and texts alternately.
local found = {}
local function add(names)
  for _, name in ipairs(names) do
    local text = redis.call('HGET', KEYS[2], name)
    if text then
      found[#found + 1] = name
      found[#found + 1] = text
    end
  end
end
add(redis.call('ZRANGEBYSCORE', KEYS[1], '(0', '+inf', 'LIMIT', 0, ARGV[1]))
add(redis.call('ZRANGEBYSCORE', KEYS[1], 0, 0, 'LIMIT', 0, ARGV[1]))
add(redis.call('ZREVRANGE', KEYS[3], 0, ARGV[1] - 1))
add(redis.call('ZREVRANGE', KEYS[4], 0, ARGV[1] - 1))
return found
