-- Revokes one token of a grant, or both tokens of a pair, where one server has all keys: invalidates it, and then
-- appends it to the log.
-- KEYS[1] clock, KEYS[2] events, KEYS[3] the stamp before which entries may have been trimmed, KEYS[4] leases of
-- instances that answer checks from memory, KEYS[5] bundle, KEYS[6] announced acts
-- ARGV[1] target, ARGV[2] the newest mark that the calling node knows, ARGV[3] the latest plausible time, ARGV[4]
-- microseconds that the log is kept, ARGV[5] what is known of the token beside its expiry, ARGV[6] the reason, '' for
-- none; ARGV[7] grant id, ARGV[8] the live flag of a token: 2 access, 8 refresh, ARGV[9] that of the other token of the
-- pair, 0 to leave that alone; then, if it is kept in the audit trail: ARGV[10] the name of the act, ARGV[11] when any
-- instance may write its entry, in microseconds, ARGV[12] what is known of it
-- Returns the stamp, how many tokens were live, how many were invalid before, when the token expires by its grant, in
-- seconds, and ' near' if there are leases; 0 if nothing was done, because there is no such grant, it does not have the
-- token, that has expired, or something is damaged. If the token is invalidated, but the log can't be written: '!',
-- both counts, and why.
local held = redis.call('HMGET', KEYS[5], ARGV[7], '')
local state, sweep = held[1], held[2]
local kind = tonumber(ARGV[8])
if not state or not is_sound(state, sweep) or bit.band(string.byte(state, 5), kind / 2) == 0
    or expiry_of(state, kind) <= tonumber(time[1]) then
  return '0'
end
if ARGV[10] then
  check_notes(KEYS[6])
end
write_first(KEYS[5])
local live, dead, after = weigh(state, sweep, kind, tonumber(ARGV[9]))
if after then
  redis.call('HSET', KEYS[5], ARGV[7], after)
end
local counts = ' ' .. live .. ' ' .. dead
local expiry = string.format('%.0f', expiry_of(state, kind))
local ok, stamp, near = pcall(append_single, {clock = KEYS[1], events = KEYS[2], trimmed = KEYS[3], near = KEYS[4]}, {
  target = ARGV[1],
  known = ARGV[2],
  latest = ARGV[3],
  kept = ARGV[4],
  registered = expiry .. ARGV[5],
  reason = ARGV[6]
})
if ARGV[10] then
  note(KEYS[6], ARGV[10], ok and 'done ' .. stamp .. counts .. ' ' or '', ARGV[11], ARGV[12])
end
if not ok then
  return '!' .. counts .. ' ' .. failure(stamp)[2]
end
return stamp .. counts .. ' ' .. expiry .. near
