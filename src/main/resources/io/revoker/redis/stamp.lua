-- Gives the next stamp, and does nothing else.
-- KEYS[1] clock; ARGV[1] the newest mark that the calling node knows, ARGV[2] the latest plausible time
-- Returns the stamp and the current time in microseconds, as text.
local _, stamp, now = next_stamp(KEYS[1], ARGV[1], ARGV[2])
return {stamp, string.format('%.0f', now)}
