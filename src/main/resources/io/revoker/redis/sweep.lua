-- Writes a stamp into each of some bundles. That invalidates every token in them that was born before it, without a
-- write to any of them. The counts are added to the totals of the sweep atomically, so that a call whose answer was
-- lost may be repeated.
-- A grant counts only if one of its tokens is live: then each live token counts as invalidated, and each invalid one
-- as previously invalidated. Tokens that had expired when the sweep began do not count.
-- KEYS[1] totals, the others bundles
-- ARGV[1] stamp in microseconds, ARGV[2] seconds that totals are kept, ARGV[3] entries after which the call ends,
-- ARGV[4] when the sweep began, in microseconds: stamps only grow, so one may be ahead of the time
-- Returns the invalidated and the previously invalidated tokens of all calls, how many of the bundles are done, the
-- failures, each after the index of its bundle, and the indexes of the bundles whose holders have more of them.
local totals, before = KEYS[1], tonumber(ARGV[1])
local now, budget = tonumber(ARGV[4]) / 1000000, tonumber(ARGV[3])
local never = string.char(255, 255, 255, 255)
local stamp = never .. struct.pack('>I8', before)
local unpacked = struct.unpack
local invalidated, previously, done = 0, 0, 0
local failures, more = {}, {}

-- The stamp of the newest sweep of a bundle, whether its holder has more bundles, and whether Revoker wrote all its
-- values.
local function inspect(values)
  local newest, others, sound = 0, false, true
  for i = 1, #values do
    local size = #values[i]
    if size ~= 13 and size ~= 21 then
      if size == 12 and string.sub(values[i], 1, 4) == never then
        newest = unpacked('>I8', values[i], 5)
      elseif values[i] == never then
        others = true
      else
        sound = false
      end
    end
  end
  return newest, others, sound
end

-- Counts an unexpired pair.
local function pair(state, flags)
  local access, refresh = unpacked('>I4I4', state, 14)
  local live, dead = 0, 0
  if access > now then
    if bit.band(flags, 2) ~= 0 then live = live + 1 else dead = dead + 1 end
  end
  if refresh > now then
    if bit.band(flags, 8) ~= 0 then live = live + 1 else dead = dead + 1 end
  end
  if live > 0 then
    invalidated, previously = invalidated + live, previously + dead
  end
end

local known = {[1] = true, [3] = true, [4] = true, [5] = true, [7] = true, [12] = true, [13] = true, [15] = true}

-- Counts what was born between two sweeps, and returns whether Revoker wrote all values. Flags: 3 or 12 a live lone
-- token, 1 or 4 a dead one, 5 a dead pair, 7, 13 or 15 a pair with a live token.
local function count(values, after)
  local sound = true
  for i = 1, #values do
    local state = values[i]
    if #state == 13 or #state == 21 then
      local last, flags, birth = unpacked('>I4BI8', state)
      if birth >= after and birth < before and last > now then
        if #state == 13 then
          if flags == 3 or flags == 12 then
            invalidated = invalidated + 1
          elseif flags ~= 1 and flags ~= 4 then
            sound = false
          end
        elseif flags == 15 or flags == 7 or flags == 13 then
          pair(state, flags)
        elseif flags ~= 5 then
          sound = false
        end
      elseif birth >= before and not known[flags] then
        sound = false
      end
    end
  end
  return sound
end

-- Out of memory, Redis refuses a command only while the script has written nothing: so a write that needs no memory
-- goes first.
redis.call('EXPIRE', totals, ARGV[2])
for i = 2, #KEYS do
  local values = redis.pcall('HVALS', KEYS[i])
  local size, newest, others, sound = #values, 0, false, true
  if values.err then
    failures[#failures + 1] = (i - 2) .. ' ' .. values.err
  elseif size > 0 then
    if size == 1 and #values[1] == 13 then
      -- Most holders have one token, and no sweep before.
      local last, flags, birth = unpacked('>I4BI8', values[1])
      if flags ~= 3 and flags ~= 12 then
        sound = count(values, 0)
      elseif birth < before and last > now then
        invalidated = invalidated + 1
      end
    else
      newest, others, sound = inspect(values)
      if newest < before then
        sound = count(values, newest) and sound
      end
    end
    if newest < before then
      redis.call('HSET', KEYS[i], '', stamp)
    end
    if not sound then
      failures[#failures + 1] = (i - 2) .. ' damaged grant'
    end
    if others then
      more[#more + 1] = i - 2
    end
    budget = budget - size
  end
  done = done + 1
  if budget <= 0 then
    break
  end
end

local function total(field, n)
  return n > 0 and redis.call('HINCRBY', totals, field, n) or tonumber(redis.call('HGET', totals, field) or '0')
end
local all = {total('invalidated', invalidated), total('previously', previously), done, failures, more}
redis.call('EXPIRE', totals, ARGV[2])
return all
