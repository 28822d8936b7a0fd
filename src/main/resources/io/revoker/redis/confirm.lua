-- Notes up to which stamp a follower has applied the revocations. An older stamp than the one before only shows that
-- the follower is there.
-- KEYS[1] followers, KEYS[2] clock, KEYS[3] events; ARGV[1] field of the follower, ARGV[2] stamp, ARGV[3] its bound in
-- milliseconds, or '-', ARGV[4] its caller, ARGV[5] how many followers there may be, ARGV[6] how many of a caller,
-- ARGV[7] how long one is kept that confirms nothing, in seconds, or for its bound if that is
-- longer, ARGV[8] the realms of its caller
-- Returns, separated by blanks, what became of it, the newest stamp that the follower has confirmed, and the time in
-- microseconds: 'added' or 'confirmed'; 'new' if there is no such stamp yet, with the newest one there is; 'many' if
-- there are too many followers: then nothing is changed.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local function answer(outcome, stamp)
  return outcome .. ' ' .. stamp .. string.format(' %.0f', now)
end

-- While the log is empty, followers are given 1.
local newest = redis.call('GET', KEYS[2]) or '1'
if tonumber(ARGV[2]) > tonumber(newest) then
  local last = redis.call('XREVRANGE', KEYS[3], '+', '-', 'COUNT', 1)[1]
  local entry = last and string.match(last[1], '^%d+') or '0'
  if tonumber(ARGV[2]) > tonumber(entry) then
    return answer('new', newest)
  end
end

local function parse(value)
  local confirmed, bound, heard, reached = string.match(value or '', '^(%d+) (%S+) (%d+) (%d+)')
  return confirmed, heard, reached, tonumber(bound) or 0
end

local confirmed, heard, reached = parse(redis.call('HGET', KEYS[1], ARGV[1]))
if not confirmed then
  local all, own = 0, 0
  local held = redis.call('HGETALL', KEYS[1])
  for i = 1, #held, 2 do
    local _, last, _, bound = parse(held[i + 1])
    if not last or tonumber(last) < now - math.max(ARGV[7] * 1000000, bound * 1000) then
      redis.call('HDEL', KEYS[1], held[i])
    else
      all = all + 1
      if string.match(held[i], '^[^/]*/(.*)$') == ARGV[4] then
        own = own + 1
      end
    end
  end
  if all >= tonumber(ARGV[5]) or own >= tonumber(ARGV[6]) then
    return answer('many', '0')
  end
end

local outcome = confirmed and 'confirmed' or 'added'
if not confirmed or tonumber(ARGV[2]) > tonumber(confirmed) then
  confirmed, reached = ARGV[2], string.format('%.0f', now)
end
-- Out of memory, Redis refuses a command only while the script has written nothing: so a write that needs no memory
-- goes first.
redis.call('HDEL', KEYS[1], '')
local text = table.concat({confirmed, ARGV[3], string.format('%.0f', now), reached, ARGV[8]}, ' ')
redis.call('HSET', KEYS[1], ARGV[1], text)
redis.call('EXPIRE', KEYS[1], math.max(redis.call('TTL', KEYS[1]), ARGV[7]))
return answer(outcome, confirmed)
