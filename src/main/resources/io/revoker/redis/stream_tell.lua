-- Changes fields of a stream of events and adds a notice of that, in one step, if the stream is as it was read.
-- KEYS[1] the stream; ARGV[1] field of the notice, '' for none, ARGV[2] its text, ARGV[3] how many fields the stream
-- may have, ARGV[4] how many arguments follow that are fields and values as they were read; then these, then the fields
-- and values that are written
-- Returns 1, or 0 if there is no such stream, or it has changed.
if redis.call('HLEN', KEYS[1]) == 0 then
  return 0
end
local read = 4 + tonumber(ARGV[4])
for i = 5, read, 2 do
  if (redis.call('HGET', KEYS[1], ARGV[i]) or '0') ~= ARGV[i + 1] then
    return 0
  end
end
write_first(KEYS[1])
redis.call('HSET', KEYS[1], unpack(ARGV, read + 1))
if ARGV[1] ~= '' and redis.call('HLEN', KEYS[1]) < tonumber(ARGV[3]) then
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
end
return 1
