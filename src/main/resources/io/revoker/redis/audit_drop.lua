-- Removes the ends of chains of which no entry is left, and to which none was added for so long.
-- KEYS[1] chains; ARGV[1] how many microseconds; then the ids of the chains
-- Returns how many were removed. An entry may have been added since their ends were read, so that is decided here.
local time = redis.call('TIME')
local oldest = time[1] * 1000000 + time[2] - ARGV[1]
local dropped = 0
for i = 2, #ARGV do
  local last, written = string.match(redis.call('HGET', KEYS[1], ARGV[i]) or '', '^(%d+ %S*) (%d+)$')
  if last and tonumber(written) < oldest and last == redis.call('HGET', KEYS[1], '<' .. ARGV[i]) then
    redis.call('HDEL', KEYS[1], ARGV[i], '<' .. ARGV[i], '~' .. ARGV[i])
    dropped = dropped + 1
  end
end
return dropped
