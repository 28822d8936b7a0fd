-- Assigns the revocation of a single token or pair its stamp and appends it to the log.
-- keys: clock, events, trimmed, near
-- order: its target; the newest mark that the calling node knows; the latest plausible time; microseconds that the log
-- is kept; what is known of a registered token, '' for nothing; the reason, '' for none
-- Returns the stamp, as text, and ' near' if there are leases.
local function append_single(keys, order)
  local number, stamp = next_stamp(keys.clock, order.known, order.latest)
  local event = {'target', order.target}
  if order.reason ~= '' then
    event[3], event[4] = 'reason', order.reason
  end
  if order.registered ~= '' then
    event[#event + 1] = 'of'
    event[#event + 1] = order.registered
  end
  return stamp, append_event(keys, stamp, number, order.kept, event)
end
