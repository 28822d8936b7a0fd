-- Invalidates all grants of one user in hashes that several users share. The counts are added to the totals of the
-- sweep atomically: a call whose answer was lost may be repeated, and finds nothing live.
-- KEYS[1] totals, the others shared hashes
-- ARGV[1] stamp in microseconds: what was born at it or later is left alone, ARGV[2] seconds that totals are kept,
-- ARGV[3] when the sweep began, in microseconds, ARGV[4] the user
-- Returns the invalidated and the previously invalidated tokens of all calls, and the failures.
local totals, user = KEYS[1], ARGV[4]
local pass = {before = tonumber(ARGV[1]), now = tonumber(ARGV[3]) / 1000000, invalidated = 0, previously = 0}
local length = 8 + #user
local failures = {}

-- Out of memory, Redis refuses a command only while the script has written nothing: so a write that needs no memory
-- goes first.
redis.call('EXPIRE', totals, ARGV[2])
for i = 2, #KEYS do
  local entries = redis.pcall('HGETALL', KEYS[i])
  if entries.err then
    failures[#failures + 1] = entries.err
  else
    local newest, is_sweep = newest_sweep(KEYS[i])
    local sound = true
    for j = 1, #entries, 2 do
      local field, state = entries[j], entries[j + 1]
      if #field == length and string.sub(field, 9) == user then
        sound = sound and is_sweep
        if is_sound(state, false) then
          local after = select_tokens(pass, state, 10, newest)
          if after then
            redis.call('HSET', KEYS[i], field, after)
          end
        else
          sound = false
        end
      end
    end
    if not sound then
      failures[#failures + 1] = 'damaged grant'
    end
  end
end

local invalidated, previously = add_up(totals, pass, ARGV[2])
return {invalidated, previously, failures}
