-- Assigns a revocation its stamp and appends it to the log, raises its mark and enters its sweep; all atomically.
-- KEYS[1] clock, KEYS[2] last, KEYS[3] bucket of the mark, KEYS[4] events, KEYS[5] leases, KEYS[6] sweeps, KEYS[7]
-- targets, KEYS[8] told, KEYS[9] locks, KEYS[10] leases of instances that answer checks from memory, KEYS[11] the stamp
-- before which entries may have been trimmed
-- ARGV[1] target, ARGV[2] id of its mark, ARGV[3] seconds that marks are kept, ARGV[4] microseconds that the log is
-- kept, ARGV[5] the lease of the sweep in milliseconds, 0 if no instance has room for it now, ARGV[6] its caller,
-- ARGV[7] the newest mark that the calling node knows, ARGV[8] the latest plausible time, ARGV[9] the reason, '' for
-- none, ARGV[10] when the lock that comes with it ends, in microseconds, '' for none, ARGV[11] its text behind the
-- stamp, ARGV[12] how many locks there may be, ARGV[13] '' or the value of the mark in microseconds: only a greater one
-- counts, and none that is newer than the stamp, ARGV[14] the latest time in microseconds, '' for none
-- Returns, separated by blanks, the stamp, whether its sweep is RUNNING or WAITING, the current time in microseconds,
-- the sweeps that it joins, or '-', and 'near' if there are leases. 'FULL' if there was no room for the lock, 'LATE' if
-- it is later than that: then nothing is done.
if ARGV[14] ~= '' and now_micros > tonumber(ARGV[14]) then
  return 'LATE'
end
if ARGV[10] ~= '' then
  make_room(KEYS[9], 1, tonumber(ARGV[12]))
  if not has_room(KEYS[9], ARGV[2], tonumber(ARGV[12])) then
    return 'FULL'
  end
end
local number, stamp, now = next_stamp(KEYS[1], ARGV[7], ARGV[8])
set_last(KEYS[2], stamp)
if ARGV[13] == '' then
  redis.call('HSET', KEYS[3], ARGV[2], struct.pack('>I8', number))
else
  local value, held = math.min(tonumber(ARGV[13]), number), redis.call('HGET', KEYS[3], ARGV[2])
  if not held or #held < 8 or struct.unpack('>I8', held) < value then
    redis.call('HSET', KEYS[3], ARGV[2], struct.pack('>I8', value))
  end
end
redis.call('EXPIRE', KEYS[3], ARGV[3])
local answer = enter(stamp, now, {target = ARGV[1], lease = tonumber(ARGV[5]), caller = ARGV[6]},
    {leases = KEYS[5], sweeps = KEYS[6], targets = KEYS[7], told = KEYS[8]})
local event = {'target', ARGV[1]}
if ARGV[9] ~= '' then
  event[3], event[4] = 'reason', ARGV[9]
end
if ARGV[10] ~= '' then
  lock(KEYS[9], ARGV[2], tonumber(ARGV[10]), stamp .. ' ' .. ARGV[11])
  event[#event + 1] = 'lock'
  event[#event + 1] = ARGV[10]
end
return answer .. append_event({events = KEYS[4], trimmed = KEYS[11], near = KEYS[10]}, stamp, number, ARGV[4], event)
