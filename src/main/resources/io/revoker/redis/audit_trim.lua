-- Removes the oldest entries of the audit trail, and notes of each chain what the last one was.
-- KEYS[1] entries, KEYS[2] chains; ARGV[1] how many milliseconds they are kept, ARGV[2] the most bytes, ARGV[3] how
-- many packs of entries are looked at
-- Returns 1 if there may be more to remove, else 0.
local time = redis.call('TIME')
local oldest = time[1] * 1000 + math.floor(time[2] / 1000) - ARGV[1]
local size = tonumber(redis.call('HGET', KEYS[2], '') or '0')
local packs = redis.call('XRANGE', KEYS[1], '-', '+', 'COUNT', ARGV[3])
local removed, ends = 0, {}
local next
for i, pack in ipairs(packs) do
  local millis, place = string.match(pack[1], '^(%d+)-(%d+)$')
  local fields = {}
  for j = 1, #pack[2], 2 do
    fields[pack[2][j]] = pack[2][j + 1]
  end
  local rest = size - (tonumber(fields.size or '') or 0) + #(fields.lines or '')
  if tonumber(millis) >= oldest and rest <= tonumber(ARGV[2]) then
    break
  end
  removed = i
  next = millis .. '-' .. string.format('%.0f', place + 1)
  if fields.chain then
    ends[fields.chain] = (fields.last or '0') .. ' ' .. (fields.hash or '')
  end
end
if removed == 0 then
  return 0
end
redis.call('XTRIM', KEYS[1], 'MINID', next)
for chain, last in pairs(ends) do
  redis.call('HSET', KEYS[2], '<' .. chain, last)
end
return removed == tonumber(ARGV[3]) and 1 or 0
