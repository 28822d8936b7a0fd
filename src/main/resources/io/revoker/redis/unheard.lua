-- Notes that whoever waited for a sweep has gone without its counts: they are told to the next one of its target.
-- KEYS[1] leases, KEYS[2] sweeps, KEYS[3] targets, KEYS[4] ended, KEYS[5] told; ARGV[1] sweep
-- Answers 1 if the next one will hear of it, else 0.
local sweep = ARGV[1]
local text = redis.call('HGET', KEYS[2], sweep)
if not text then
  return 0
end
-- Redis refuses only the first write of a script for want of memory: a command that takes none goes first.
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
