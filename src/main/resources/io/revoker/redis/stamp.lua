-- Gives the next stamp, and nothing else.
-- KEYS[1] clock; ARGV[1] the newest mark that the one who asks knows, ARGV[2] the latest time that it can be
-- Answers the stamp and the time now in microseconds, as text.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local newest = tonumber(redis.call('GET', KEYS[1]) or '0')
local stamp = string.format('%.0f', math.max(math.min(now, ARGV[2]), newest + 1, ARGV[1] + 1))
-- Redis refuses only the first write of a script for want of memory: a command that takes none goes first.
redis.call('PERSIST', KEYS[1])
redis.call('SET', KEYS[1], stamp)
return {stamp, string.format('%.0f', now)}
