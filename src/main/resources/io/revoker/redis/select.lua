-- Invalidates some grants of a bundle. The counts are added to the totals of the sweep atomically: a call whose answer
-- was lost may be repeated, and finds nothing live.
-- KEYS[1] totals, KEYS[2] bundle
-- ARGV[1] stamp in microseconds: what was born at it or later is left alone, ARGV[2] seconds that totals are kept,
-- ARGV[3] when the sweep began, in microseconds, then grants, and the live flags of the tokens that are meant
-- (2 access, 8 refresh), alternately
-- Returns the invalidated and the previously invalidated tokens of all calls, and how many grants are damaged.
local totals, bundle = KEYS[1], KEYS[2]
local pass = {before = tonumber(ARGV[1]), now = tonumber(ARGV[3]) / 1000000, invalidated = 0, previously = 0}
local damaged = 0

-- Out of memory, Redis refuses a command only while the script has written nothing: so a write that needs no memory
-- goes first.
redis.call('EXPIRE', totals, ARGV[2])
local newest = newest_sweep(bundle)
for i = 4, #ARGV, 2 do
  local state = redis.call('HGET', bundle, ARGV[i])
  if state and #state ~= 13 and #state ~= 21 then
    damaged = damaged + 1
  elseif state then
    local after = select_tokens(pass, state, tonumber(ARGV[i + 1]), newest)
    if after then
      redis.call('HSET', bundle, ARGV[i], after)
    end
  end
end

local invalidated, previously = add_up(totals, pass, ARGV[2])
return {invalidated, previously, damaged}
