-- Gives some indexes of a status list away.
-- KEYS[1] allocations of the list, KEYS[2] their order; ARGV[1] end of the list in seconds, ARGV[2] how many
-- allocations it may have, ARGV[3] how many are wanted, ARGV[4] the allocation; then indexes to try, of four bytes
-- Returns 1 if the list is full, else 0; then the indexes that were free.
local room = math.max(0, ARGV[2] - redis.call('HLEN', KEYS[1]))
local left = math.min(tonumber(ARGV[3]), room)
local given = {0}
for i = 5, #ARGV do
  if left > 0 and redis.call('HSETNX', KEYS[1], ARGV[i], ARGV[4]) == 1 then
    redis.call('RPUSH', KEYS[2], ARGV[i])
    given[#given + 1] = struct.unpack('>I4', ARGV[i])
    left = left - 1
  end
end
if #given - 1 == room then
  given[1] = 1
end
if #given > 1 then
  keep(KEYS[1], tonumber(ARGV[1]))
  keep(KEYS[2], tonumber(ARGV[1]))
end
return given
