-- Reads the marks of some buckets, and drops those that are older than every unexpired token.
-- KEYS[1] events, the others buckets; ARGV[1] a stamp that the log had, 0 for none, ARGV[2] microseconds that marks
-- are kept
-- Returns ids and values alternately, eight bytes each, in one string; nil if the log has lost that stamp.
if ARGV[1] ~= '0' and #redis.call('XRANGE', KEYS[1], ARGV[1] .. '-0', ARGV[1] .. '-0') == 0 then
  return false
end
local time = redis.call('TIME')
local oldest = time[1] * 1000000 + time[2] - ARGV[2]
local found = {}
for i = 2, #KEYS do
  local marks = redis.call('HGETALL', KEYS[i])
  for j = 1, #marks, 2 do
    local id, value = marks[j], marks[j + 1]
    if #id ~= 8 or #value < 8 or struct.unpack('>I8', value) < oldest then
      redis.call('HDEL', KEYS[i], id)
    else
      found[#found + 1] = id
      found[#found + 1] = string.sub(value, 1, 8)
    end
  end
end
return table.concat(found)
