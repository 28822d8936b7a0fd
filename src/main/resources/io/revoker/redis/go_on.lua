-- Goes on with a log that has lost its newest entries: gives no stamp again that was given before, has what is registered from now on
-- born after all that was lost, and tells every reader of the log to read all marks anew.
-- KEYS[1] clock, KEYS[2] last, KEYS[3] events
-- ARGV[1] the newest stamp that is known, ARGV[2] the latest time that it can be
-- Answers the stamp of the entry, as text.
local _, stamp = next_stamp(KEYS[1], ARGV[1], ARGV[2])
redis.call('SET', KEYS[2], stamp)
redis.call('XADD', KEYS[3], stamp .. '-0', 'marks', 'changed')
return stamp
