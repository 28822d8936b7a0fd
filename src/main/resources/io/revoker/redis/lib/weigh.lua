-- What the invalidation of a token of a grant changes, or of both tokens of a pair. An expired token does not count,
-- but is invalidated too: by another clock it may be unexpired.

-- When a token of a grant expires, in seconds.
-- live: its live flag: 2 access, 8 refresh
local function expiry_of(state, live)
  local last, _, _, access, refresh = struct.unpack(#state > 13 and '>I4BI8I4I4' or '>I4BI8', state)
  if #state > 13 then
    return live == 2 and access or refresh
  end
  return last
end

-- Whether a grant, and the newest sweep of its bundle if there is one, are as they were written.
local function is_sound(state, sweep)
  local flags = #state > 4 and string.byte(state, 5)
  local is_grant = #state == 21 and flags < 16 and bit.band(flags, 5) == 5
      or #state == 13 and (flags == 1 or flags == 3 or flags == 4 or flags == 12)
  return is_grant and (not sweep or #sweep == 12 and struct.unpack('>I4', sweep) == 4294967295)
end

-- sweep: the newest one of the bundle; live, other: the live flags of the tokens, 0 for none
-- Returns how many were live, how many were invalid before, and the state afterwards, nil if it stays.
local function weigh(state, sweep, live, other)
  local flags, birth = struct.unpack('>BI8', state, 5)
  local swept = sweep and birth < struct.unpack('>I8', sweep, 5)
  local counts, left = {0, 0}, flags
  local function invalidate(flag)
    local dead = swept or bit.band(flags, flag) == 0
    if not dead then
      left = left - flag
    end
    if expiry_of(state, flag) > tonumber(time[1]) then
      counts[dead and 2 or 1] = counts[dead and 2 or 1] + 1
    end
  end
  invalidate(live)
  if #state > 13 and other ~= 0 then
    invalidate(other)
  end
  local after = left ~= flags and string.sub(state, 1, 4) .. string.char(left) .. string.sub(state, 6)
  return counts[1], counts[2], after
end
