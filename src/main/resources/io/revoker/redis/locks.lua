-- Reads the locks, and drops those that have ended.
-- KEYS[1] events, KEYS[2] locks; ARGV[1] a stamp that the log had, 0 for none
-- Returns ids and values alternately; nil if the log has lost that stamp.
if ARGV[1] ~= '0' and #redis.call('XRANGE', KEYS[1], ARGV[1] .. '-0', ARGV[1] .. '-0') == 0 then
  return false
end
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local all, found = redis.call('HGETALL', KEYS[2]), {}
for i = 1, #all, 2 do
  if #all[i] ~= 8 or #all[i + 1] < 8 or struct.unpack('>I8', all[i + 1]) <= now then
    redis.call('HDEL', KEYS[2], all[i])
  else
    found[#found + 1] = all[i]
    found[#found + 1] = all[i + 1]
  end
end
return found
