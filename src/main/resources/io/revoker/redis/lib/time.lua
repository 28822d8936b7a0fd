-- The time of the call, of one script or of a group of them: seconds, and the microseconds in that second.
local time = redis.call('TIME')
