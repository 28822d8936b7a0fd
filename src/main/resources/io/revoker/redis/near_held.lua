-- The leases of instances that answer checks from their memory, as of one moment. With one key only, so that they can
-- be read while the slot of the log moves.
-- KEYS[1] leases
-- Returns the time in microseconds, and the fields and values of the leases.
local time = redis.call('TIME')
local reply = {string.format('%.0f', time[1] * 1000000 + time[2])}
for _, text in ipairs(redis.call('HGETALL', KEYS[1])) do
  reply[#reply + 1] = text
end
return reply
