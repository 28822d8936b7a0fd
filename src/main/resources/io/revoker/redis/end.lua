-- Ends a sweep that runs or waits, and lets go the one that waits for it.
-- KEYS[1] leases, KEYS[2] sweeps, KEYS[3] targets, KEYS[4] ended, KEYS[5] told, KEYS[6] parts of the sweep, KEYS[7] bucket of its mark
-- ARGV[1] seconds that the ended are kept, ARGV[2] how many of each list, ARGV[3] sweep, ARGV[4] its text, ARGV[5] its target,
-- ARGV[6] TOLD if its caller hears of it and it was short, UNTOLD if its caller has gone away unanswered, else ASKED, ARGV[7] the id of
-- its mark if it has come to every token, else '', ARGV[8] the stamp in eight bytes: a mark that was raised again has not been swept
-- Answers 1 if it was running or waiting, else 0, and how many others nobody is at.
local time = redis.call('TIME')
local seconds = tonumber(time[1])
if time[2] % 8 == 0 then
  -- Often enough: each time it drops more than have ended since.
  drop({sweeps = KEYS[2], targets = KEYS[3], ended = KEYS[4], told = KEYS[5]}, ARGV[1], ARGV[2])
end
local sweep, target = ARGV[3], ARGV[5]
local was = redis.call('ZREM', KEYS[1], sweep)
if was == 0 and string.find(redis.call('HGET', KEYS[2], sweep) or '', '^RUNNING') then
  -- Redis was made to forget its lease, and nothing else of it.
  was = 1
end
if was == 1 then
  local hearing = redis.call('HDEL', KEYS[2], '!' .. sweep) == 1 and 'UNTOLD' or ARGV[6]
  redis.call('UNLINK', KEYS[6])
  if ARGV[7] ~= '' and redis.call('HGET', KEYS[7], ARGV[7]) == ARGV[8] then
    redis.call('HSET', KEYS[7], ARGV[7], ARGV[8] .. '+')
  end
  redis.call('HSET', KEYS[2], sweep, ARGV[4])
  redis.call('ZADD', hearing == 'TOLD' and KEYS[5] or KEYS[4], seconds, sweep)
  local sweeps = sweeps_of(KEYS[3], target)
  local newest = sweeps[1]
  if newest and newest ~= sweep and string.find(redis.call('HGET', KEYS[2], newest) or '', '^WAITING') then
    redis.call('ZADD', KEYS[1], 0, newest)
  end
  if hearing ~= 'UNTOLD' then
    drop_sweep(KEYS[3], target, sweep)
  end
end
return {was, redis.call('ZCOUNT', KEYS[1], '-inf', seconds * 1000)}
