-- Reserves a key of a caller for a request, unless it has one; its owner has it for longer.
-- KEYS[1] hash of the caller; ARGV[1] field, ARGV[2] request, ARGV[3] seconds that it is reserved, ARGV[4] how many
-- keys a caller may have, ARGV[5] owner, '' for none
-- Returns the second in which it ends if the key was reserved; else what is kept: the request, and its owner, or its
-- answer if there is one. 'full' if there are too many.
-- Out of memory, Redis refuses a command only while the script has written nothing: so a write that needs no memory
-- goes first.
redis.call('HDEL', KEYS[1], '')
local function is_full()
  return redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[4])
end
if is_full() and not redis.call('HGET', KEYS[1], ARGV[1]) then
  for _ = 1, 100 do
    clean(KEYS[1])
  end
  if is_full() then
    return 'full'
  end
end
local expiry = now + ARGV[3]
local mine = ARGV[2] .. ARGV[5]
local value = struct.pack('>I4', expiry) .. mine
local held = put(KEYS[1], ARGV[1], value)
if held and ARGV[5] ~= '' and string.sub(held, 5) == mine then
  redis.call('HSET', KEYS[1], ARGV[1], value)
  keep(KEYS[1], expiry)
  return expiry
end
return held and string.sub(held, 5) or expiry
