-- The followers, and the newest entry of the log, as of one moment.
-- KEYS[1] followers, KEYS[2] events
-- Returns the time in microseconds, the stamp of the newest entry, and the fields and values of the followers.
local time = redis.call('TIME')
local last = redis.call('XREVRANGE', KEYS[2], '+', '-', 'COUNT', 1)[1]
local reply = {
  string.format('%.0f', time[1] * 1000000 + time[2]),
  last and string.match(last[1], '^%d+') or '0'
}
for _, text in ipairs(redis.call('HGETALL', KEYS[1])) do
  reply[#reply + 1] = text
end
return reply
