-- Returns the next revocations that are old enough for their marks to be dropped, each to one caller only.
-- KEYS[1] settled, KEYS[2] events; ARGV[1] microseconds that a revocation must be old, ARGV[2] how many at most
-- Returns ids and targets alternately. If a caller does not process one, its mark is kept, which does no harm.
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
  -- Out of memory, Redis refuses a command only while the script has written nothing: so a write that needs no memory
  -- goes first.
  redis.call('PERSIST', KEYS[1])
  redis.call('SET', KEYS[1], (string.gsub(entries[#entries][1], '%-.*', '')))
end
return found
