-- Notes that the caller that waited for a sweep has left without its counts: the next caller of its target gets them.
-- KEYS[1] leases, KEYS[2] sweeps, KEYS[3] targets, KEYS[4] ended, KEYS[5] told; ARGV[1] sweep
-- Returns 1 if the counts are kept for the next caller, else 0.
local sweep = ARGV[1]
local text = redis.call('HGET', KEYS[2], sweep)
if not text then
  return 0
end
-- Out of memory, Redis refuses a command only while the script has written nothing: so a write that needs no memory
-- goes first.
redis.call('ZREM', KEYS[1], '')
if redis.call('ZSCORE', KEYS[1], sweep) then
  redis.call('HSET', KEYS[2], '!' .. sweep, 1)
  return 1
end
local target = string.match(text, '^ENDED (%S+)')
if not target then
  return 0
end
local time = redis.call('ZSCORE', KEYS[5], sweep)
if time then
  redis.call('ZREM', KEYS[5], sweep)
  redis.call('ZADD', KEYS[4], time, sweep)
end
local sweeps = sweeps_of(KEYS[3], target)
local place = 1
while sweeps[place] and tonumber(sweeps[place]) > tonumber(sweep) do
  place = place + 1
end
if sweeps[place] ~= sweep then
  table.insert(sweeps, place, sweep)
  keep_sweeps(KEYS[3], target, sweeps, function() return true end)
end
return 1
