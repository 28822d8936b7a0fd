-- Gives the next stamp, and nothing else.
-- KEYS[1] clock; ARGV[1] the newest mark that the one who asks knows, ARGV[2] the latest time that it can be
-- Answers the stamp and the time now in microseconds, as text.
local _, stamp, now = next_stamp(KEYS[1], ARGV[1], ARGV[2])
return {stamp, string.format('%.0f', now)}
