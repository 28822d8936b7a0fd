-- Invalidates all grants of one user in hashes that several users share. The counts are added to the totals of the
-- sweep atomically: a call whose answer was lost may be repeated, and finds nothing live.
-- KEYS[1] totals, KEYS[2] index of the shared hashes, the others those hashes in which the user may have grants
-- ARGV[1] stamp in microseconds: what was born at it or later is left alone, ARGV[2] seconds that totals are kept,
-- ARGV[3] when the sweep began, in microseconds, ARGV[4] the user, the others the names of the hashes in the index
-- Returns the invalidated and the previously invalidated tokens of all calls, and the failures.
local totals, user = KEYS[1], ARGV[4]
local pass = {before = tonumber(ARGV[1]), now = tonumber(ARGV[3]) / 1000000, invalidated = 0, previously = 0}
local length = 8 + #user
local failures = {}

-- Whether all of the user's grants in a hash are as Revoker wrote them.
local function sweep(hash, entries)
  local newest, is_sweep = newest_sweep(hash)
  local sound = true
  for i = 1, #entries, 2 do
    local field, state = entries[i], entries[i + 1]
    if #field == length and string.sub(field, 9) == user then
      sound = sound and is_sweep and is_sound(state, false)
      local after = is_sound(state, false) and select_tokens(pass, state, 10, newest)
      if after then
        redis.call('HSET', hash, field, after)
      end
    end
  end
  return sound
end

-- Out of memory, Redis refuses a command only while the script has written nothing: so a write that needs no memory
-- goes first.
redis.call('EXPIRE', totals, ARGV[2])
for i, expiry in ipairs(redis.call('ZMSCORE', KEYS[2], unpack(ARGV, 5))) do
  if expiry then
    local entries = redis.pcall('HGETALL', KEYS[i + 2])
    if entries.err then
      failures[#failures + 1] = entries.err
    elseif not sweep(KEYS[i + 2], entries) then
      failures[#failures + 1] = 'damaged grant'
    end
  end
end

local invalidated, previously = add_up(totals, pass, ARGV[2])
return {invalidated, previously, failures}
