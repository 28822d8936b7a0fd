-- Invalidates some grants of a bundle by clearing their live flags. The counts are added to the totals of the sweep
-- atomically: a call whose answer was lost may be repeated, and finds nothing live.
-- A grant counts only if one of the tokens that are meant is live: then each live one counts as invalidated, and each
-- invalid one as previously invalidated. Expired tokens do not count, but are invalidated too.
-- KEYS[1] totals, KEYS[2] bundle
-- ARGV[1] stamp in microseconds: what was born at it or later is left alone, ARGV[2] seconds that totals are kept,
-- ARGV[3] when the sweep began, in microseconds, then grants, and the live flags of the tokens that are meant
-- (2 access, 8 refresh), alternately
-- Returns the invalidated and the previously invalidated tokens of all calls, and how many grants are damaged.
local totals, bundle = KEYS[1], KEYS[2]
local before, now = tonumber(ARGV[1]), tonumber(ARGV[3]) / 1000000
local invalidated, previously, damaged = 0, 0, 0

-- Out of memory, Redis refuses a command only while the script has written nothing: so a write that needs no memory
-- goes first.
redis.call('EXPIRE', totals, ARGV[2])
local sweep = redis.call('HGET', bundle, '')
local newest = sweep and #sweep == 12 and struct.unpack('>I8', sweep, 5) or 0

local function invalidate(grant, meant, state)
  local last, flags, birth = struct.unpack('>I4BI8', state)
  if birth >= before or birth < newest then
    return
  end
  local access, refresh = last, last
  if #state == 21 then
    access, refresh = struct.unpack('>I4I4', state, 14)
  end
  local live, dead, left = 0, 0, flags
  local function token(present, flag, expiry)
    if bit.band(flags, present) ~= 0 and bit.band(meant, flag) ~= 0 then
      local lives = bit.band(flags, flag) ~= 0
      if lives then
        left = left - flag
      end
      if expiry > now then
        if lives then live = live + 1 else dead = dead + 1 end
      end
    end
  end
  token(1, 2, access)
  token(4, 8, refresh)
  if live > 0 then
    invalidated, previously = invalidated + live, previously + dead
  end
  if left ~= flags then
    redis.call('HSET', bundle, grant, string.sub(state, 1, 4) .. string.char(left) .. string.sub(state, 6))
  end
end

for i = 4, #ARGV, 2 do
  local state = redis.call('HGET', bundle, ARGV[i])
  if state and #state ~= 13 and #state ~= 21 then
    damaged = damaged + 1
  elseif state then
    invalidate(ARGV[i], tonumber(ARGV[i + 1]), state)
  end
end

local function total(field, n)
  return n > 0 and redis.call('HINCRBY', totals, field, n) or tonumber(redis.call('HGET', totals, field) or '0')
end
local all = {total('invalidated', invalidated), total('previously', previously), damaged}
redis.call('EXPIRE', totals, ARGV[2])
return all
