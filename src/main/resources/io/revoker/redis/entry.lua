-- Assigns the revocation of a single token or pair its stamp and appends it to the log.
-- KEYS[1] clock, KEYS[2] events, KEYS[3] the stamp before which entries may have been trimmed, KEYS[4] leases of
-- instances that answer checks from memory
-- ARGV[1] target, ARGV[2] the newest mark that the calling node knows, ARGV[3] the latest plausible time, ARGV[4]
-- microseconds that the log is kept, ARGV[5] what is known of a registered token, '' for nothing, ARGV[6] the reason,
-- '' for none
-- Returns the stamp, as text, and ' near' if there are leases.
local stamp, near = append_single({clock = KEYS[1], events = KEYS[2], trimmed = KEYS[3], near = KEYS[4]}, {
  target = ARGV[1],
  known = ARGV[2],
  latest = ARGV[3],
  kept = ARGV[4],
  registered = ARGV[5],
  reason = ARGV[6]
})
return stamp .. near
