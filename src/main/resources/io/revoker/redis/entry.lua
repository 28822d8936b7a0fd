-- Assigns the revocation of a single token or pair its stamp and appends it to the log.
-- KEYS[1] clock, KEYS[2] events, KEYS[3] the stamp before which entries may have been trimmed, KEYS[4] leases of
-- instances that answer checks from memory
-- ARGV[1] target, ARGV[2] the newest mark that the calling node knows, ARGV[3] the latest plausible time, ARGV[4]
-- microseconds that the log is kept, ARGV[5] what is known of a registered token, '' for nothing, ARGV[6] the reason,
-- '' for none
-- Returns the stamp, as text, and ' near' if there are leases.
local number, stamp = next_stamp(KEYS[1], ARGV[2], ARGV[3])
local event = {'target', ARGV[1]}
if ARGV[6] ~= '' then
  event[3], event[4] = 'reason', ARGV[6]
end
if ARGV[5] ~= '' then
  event[#event + 1] = 'of'
  event[#event + 1] = ARGV[5]
end
return stamp .. append_event({events = KEYS[2], trimmed = KEYS[3], near = KEYS[4]}, stamp, number, ARGV[4], event)
