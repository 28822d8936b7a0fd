-- Gives the next revocations that are old enough for their marks to be dropped, each to one asker only.
-- KEYS[1] settled, KEYS[2] events; ARGV[1] microseconds that a revocation must be old, ARGV[2] how many at most
-- Answers ids and targets in turns. What an asker does not come to keeps its mark, which is no harm.
local time = redis.call('TIME')
local upto = string.format('%.0f', time[1] * 1000000 + time[2] - ARGV[1])
local from = redis.call('GET', KEYS[1])
local entries = redis.call('XRANGE', KEYS[2], from and '(' .. from .. '-0' or '-', upto, 'COUNT', ARGV[2])
local found = {}
for _, entry in ipairs(entries) do
  if entry[2][1] == 'target' then
    found[#found + 1] = entry[1]
    found[#found + 1] = entry[2][2]
  end
end
if #entries > 0 then
  -- Redis refuses only the first write of a script for want of memory: a command that takes none goes first.
  redis.call('PERSIST', KEYS[1])
  redis.call('SET', KEYS[1], (string.gsub(entries[#entries][1], '%-.*', '')))
end
return found
