-- Continues a log that has lost its newest entries: never gives a stamp twice, makes new registrations be born after
-- everything that was lost, and notifies every reader of the log that it must read all marks anew.
-- KEYS[1] clock, KEYS[2] last, KEYS[3] events
-- ARGV[1] the newest stamp that is known, ARGV[2] the latest plausible time
-- Returns the stamp of the entry, as text.
local _, stamp = next_stamp(KEYS[1], ARGV[1], ARGV[2])
redis.call('SET', KEYS[2], stamp)
redis.call('XADD', KEYS[3], stamp .. '-0', 'marks', 'changed')
return stamp
