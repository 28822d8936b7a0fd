-- Adds entries to a chain of the audit trail, and forgets what was announced of them.
-- KEYS[1] entries, KEYS[2] chains, KEYS[3] announced acts; ARGV[1] the chain, ARGV[2] number of the entry before them,
-- ARGV[3] its hash, ARGV[4] number of the last of them, ARGV[5] its hash, ARGV[6] the entries, a line each, ARGV[7]
-- the field of the bytes of all such entries, ARGV[8] from when on the acts must still be announced, in microseconds;
-- then the names of the acts
-- Returns 'done', also if they were added before; 'other' if the chain has another end; else nothing was added, and it
-- returns the names of those acts that are not announced any more, with a space before each.
local number, hash = string.match(redis.call('HGET', KEYS[2], ARGV[1]) or '0  ', '^(%d+) (%S*) ')
if number == ARGV[4] and hash == ARGV[5] then
  return 'done'
end
if number ~= ARGV[2] or hash ~= ARGV[3] then
  return 'other'
end
local now = time[1] * 1000000 + time[2]
if now >= tonumber(ARGV[8]) then
  local told = ''
  for i = 9, #ARGV do
    if not redis.call('HGET', KEYS[3], ARGV[i]) then
      told = told .. ' ' .. ARGV[i]
    end
  end
  if told ~= '' then
    return told
  end
end
-- Out of memory, Redis refuses a command only while the script has written nothing: so a write that needs no memory
-- goes first. Redis takes nothing back of a script that fails, so the acts are forgotten last: if their entries can't
-- be added, they wait for them.
redis.call('HDEL', KEYS[3], '')
local size = (tonumber(redis.call('HGET', KEYS[2], ARGV[7]) or '') or 0) + #ARGV[6]
size = string.format('%.0f', size)
redis.call('XADD', KEYS[1], '*', 'chain', ARGV[1], 'last', ARGV[4], 'hash', ARGV[5], 'size', size, 'lines', ARGV[6])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[4] .. ' ' .. ARGV[5] .. ' ' .. string.format('%.0f', now), ARGV[7], size)
if ARGV[9] then
  redis.call('HDEL', KEYS[3], unpack(ARGV, 9))
end
return 'done'
