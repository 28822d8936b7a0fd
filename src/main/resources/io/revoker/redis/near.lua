-- Begins or renews the lease of an instance that answers checks from its memory.
-- KEYS[1] leases; ARGV[1] instance, ARGV[2] stamp up to which it has read, ARGV[3] how long the lease lasts, in
-- milliseconds, ARGV[4] how much longer it is kept, in milliseconds
-- Returns 'renewed', or 'begun' if there was none, or one that had run out.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local function parse(value)
  local read, bound, heard = string.match(value or '', '^(%d+) (%d+) (%d+)$')
  return read, tonumber(bound or 0), tonumber(heard or 0)
end

-- Out of memory, Redis refuses a command only while the script has written nothing: so a write that needs no memory
-- goes first.
redis.call('HDEL', KEYS[1], '')
local read, bound, heard = parse(redis.call('HGET', KEYS[1], ARGV[1]))
local answer = read and heard + bound * 1000 >= now and 'renewed' or 'begun'
local held = redis.call('HGETALL', KEYS[1])
for i = 1, #held, 2 do
  local _, its, last = parse(held[i + 1])
  if last + (its + ARGV[4]) * 1000 < now then
    redis.call('HDEL', KEYS[1], held[i])
  end
end
if not read or tonumber(ARGV[2]) > tonumber(read) then
  read = ARGV[2]
end
redis.call('HSET', KEYS[1], ARGV[1], table.concat({read, ARGV[3], string.format('%.0f', now)}, ' '))
redis.call('EXPIRE', KEYS[1], math.max(redis.call('TTL', KEYS[1]), math.ceil((ARGV[3] + ARGV[4]) / 1000)))
return answer
