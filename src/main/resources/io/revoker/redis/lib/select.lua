-- Invalidates tokens of a grant by clearing their live flags, for a sweep that does not mean all grants of a bundle.
-- A grant counts only if one of the tokens that are meant is live: then each live one counts as invalidated, and each
-- invalid one as previously invalidated. Expired tokens do not count, but are invalidated too.

-- The stamp of the newest sweep of a bundle, 0 for none; and whether Revoker wrote it.
local function newest_sweep(bundle)
  local sweep = redis.call('HGET', bundle, '')
  if not sweep then
    return 0, true
  end
  local sound = #sweep == 12 and struct.unpack('>I4', sweep) == 4294967295
  return sound and struct.unpack('>I8', sweep, 5) or 0, sound
end

-- pass: before, a stamp in microseconds: what was born at it or later is left alone; now, when the sweep began, in
-- seconds; invalidated and previously, what it has counted
-- meant: the live flags of the tokens that are meant (2 access, 8 refresh); newest: the newest sweep of the bundle
-- Returns the state afterwards; nil if it stays.
local function select_tokens(pass, state, meant, newest)
  local last, flags, birth = struct.unpack('>I4BI8', state)
  if birth >= pass.before or birth < newest then
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
      if expiry > pass.now then
        if lives then live = live + 1 else dead = dead + 1 end
      end
    end
  end
  token(1, 2, access)
  token(4, 8, refresh)
  if live > 0 then
    pass.invalidated, pass.previously = pass.invalidated + live, pass.previously + dead
  end
  return left ~= flags and string.sub(state, 1, 4) .. string.char(left) .. string.sub(state, 6)
end

-- Adds what a pass has counted to the totals of its sweep, and returns them.
local function add_up(totals, pass, seconds)
  local function total(field, n)
    return n > 0 and redis.call('HINCRBY', totals, field, n) or tonumber(redis.call('HGET', totals, field) or '0')
  end
  local invalidated, previously = total('invalidated', pass.invalidated), total('previously', pass.previously)
  redis.call('EXPIRE', totals, seconds)
  return invalidated, previously
end
