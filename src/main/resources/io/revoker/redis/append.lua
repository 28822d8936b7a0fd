-- Gives a revocation its stamp and appends it to the log; if it has a mark, raises it and enters its sweep; all in one instant.
-- KEYS[1] clock, KEYS[2] last, KEYS[3] bucket of the mark, KEYS[4] events, KEYS[5] leases, KEYS[6] sweeps, KEYS[7] targets, KEYS[8] told
-- ARGV[1] target, ARGV[2] id of its mark, '' if it raises none, ARGV[3] seconds that marks are kept, ARGV[4] microseconds that
-- the log is kept, ARGV[5] the lease of the sweep in milliseconds, 0 if nobody has room for it now, ARGV[6] its caller,
-- ARGV[7] the newest mark that the one who asks knows, ARGV[8] the latest time that it can be
-- Answers the stamp, as text. Of a revocation with a mark also, behind blanks, whether its sweep is RUNNING or WAITING, the time now in microseconds, and the sweeps that it joins, or '-'.
local number, stamp, now = next_stamp(KEYS[1], ARGV[7], ARGV[8])
local answer = stamp
if ARGV[2] ~= '' then
  redis.call('SET', KEYS[2], stamp)
  redis.call('HSET', KEYS[3], ARGV[2], struct.pack('>I8', number))
  redis.call('EXPIRE', KEYS[3], ARGV[3])
  answer = enter(stamp, now, {target = ARGV[1], lease = tonumber(ARGV[5]), caller = ARGV[6]},
      {leases = KEYS[5], sweeps = KEYS[6], targets = KEYS[7], told = KEYS[8]})
end
redis.call('XADD', KEYS[4], 'MINID', '~', string.format('%.0f', number - ARGV[4]), stamp .. '-0', 'target', ARGV[1])
return answer
