-- Removes the oldest entries of a stream of the audit trail, and notes of each chain what the last one was.
-- KEYS[1] entries, KEYS[2] chains; ARGV[1] how many milliseconds they are kept, ARGV[2] the most bytes, ARGV[3] how
-- many packs of entries are looked at, ARGV[4] the field of the bytes of all entries of this stream there ever were
-- Returns 1 if there may be more to remove, else 0; the bytes that are left, and when the oldest of them were written,
-- in milliseconds, -1 if there are none; and 1 if some were removed before their time.
local time = redis.call('TIME')
local oldest = time[1] * 1000 + math.floor(time[2] / 1000) - ARGV[1]
local size = tonumber(redis.call('HGET', KEYS[2], ARGV[4]) or '0')
local packs = redis.call('XRANGE', KEYS[1], '-', '+', 'COUNT', ARGV[3])
local removed, early, ends = 0, 0, {}
local rest, first = 0, -1
local next
for i, pack in ipairs(packs) do
  local millis, place = string.match(pack[1], '^(%d+)-(%d+)$')
  local fields = {}
  for j = 1, #pack[2], 2 do
    fields[pack[2][j]] = pack[2][j + 1]
  end
  rest = size - (tonumber(fields.size or '') or 0) + #(fields.lines or '')
  first = tonumber(millis)
  if first >= oldest and rest <= tonumber(ARGV[2]) then
    break
  end
  if first >= oldest then
    early = 1
  end
  removed = i
  next = millis .. '-' .. string.format('%.0f', place + 1)
  if fields.chain then
    ends[fields.chain] = (fields.last or '0') .. ' ' .. (fields.hash or '')
  end
end
if removed == #packs then
  rest, first = 0, -1
end
if removed > 0 then
  redis.call('XTRIM', KEYS[1], 'MINID', next)
  for chain, last in pairs(ends) do
    redis.call('HSET', KEYS[2], '<' .. chain, last)
  end
end
return {removed == tonumber(ARGV[3]) and 1 or 0, rest, first, early}
