-- Ends a sweep that runs or waits, and makes the one that waits for it claimable.
-- KEYS[1] leases, KEYS[2] sweeps, KEYS[3] targets, KEYS[4] ended, KEYS[5] told, KEYS[6] parts of the sweep, KEYS[7]
-- bucket of its mark
-- ARGV[1] seconds that ended sweeps are kept, ARGV[2] how many of each list, ARGV[3] sweep, ARGV[4] its text, ARGV[5]
-- its target, ARGV[6] who receives the counts: CALLER, ANYONE or NEXT_CALLER, ARGV[7] the id of its mark if the sweep
-- has reached every token, else '', ARGV[8] the stamp in eight bytes: a mark that was raised again has not been swept
-- Returns whether it was WAITING, RUNNING or CLOSED, and how many other sweeps no instance runs.
local time = redis.call('TIME')
local seconds = tonumber(time[1])
if time[2] % 8 == 0 then
  -- Often enough: each cleanup drops more than have ended since the last one.
  drop({sweeps = KEYS[2], targets = KEYS[3], ended = KEYS[4], told = KEYS[5]}, ARGV[1], ARGV[2])
end
local sweep, target = ARGV[3], ARGV[5]
local before = redis.call('HGET', KEYS[2], sweep) or ''
local was = redis.call('ZREM', KEYS[1], sweep)
if was == 0 and string.find(before, '^RUNNING') then
  -- Redis lost only its lease (it was deleted from outside).
  was = 1
end
if was == 1 then
  local delivery = redis.call('HDEL', KEYS[2], '!' .. sweep) == 1 and 'NEXT_CALLER' or ARGV[6]
  redis.call('UNLINK', KEYS[6])
  if ARGV[7] ~= '' and redis.call('HGET', KEYS[7], ARGV[7]) == ARGV[8] then
    redis.call('HSET', KEYS[7], ARGV[7], ARGV[8] .. '+')
  end
  redis.call('HSET', KEYS[2], sweep, ARGV[4])
  redis.call('ZADD', delivery == 'CALLER' and KEYS[5] or KEYS[4], seconds, sweep)
  local sweeps = sweeps_of(KEYS[3], target)
  local newest = sweeps[1]
  if newest and newest ~= sweep and string.find(redis.call('HGET', KEYS[2], newest) or '', '^WAITING') then
    redis.call('ZADD', KEYS[1], 0, newest)
  end
  if delivery ~= 'NEXT_CALLER' then
    drop_sweep(KEYS[3], target, sweep)
  end
end
local unowned = redis.call('ZCOUNT', KEYS[1], '-inf', seconds * 1000)
return {was == 0 and 'CLOSED' or string.match(before, '^WAITING') or 'RUNNING', unowned}
