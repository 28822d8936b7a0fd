-- Keeps the answer to a request, or frees its key; unless the key has another owner by now, or an answer.
-- KEYS[1] hash of the caller; ARGV[1] field, ARGV[2] request and owner, ARGV[3] request and answer, '' to free the key,
-- ARGV[4] seconds that it is kept
-- Returns 1 if it was done, else 0.
-- Out of memory, Redis refuses a command only while the script has written nothing: so a write that needs no memory
-- goes first.
redis.call('HDEL', KEYS[1], '')
local held = redis.call('HGET', KEYS[1], ARGV[1])
if held and #held >= 4 and struct.unpack('>I4', held) > now and string.sub(held, 5) ~= ARGV[2] then
  return 0
end
if ARGV[3] == '' then
  redis.call('HDEL', KEYS[1], ARGV[1])
  return 1
end
local expiry = now + ARGV[4]
redis.call('HSET', KEYS[1], ARGV[1], struct.pack('>I4', expiry) .. ARGV[3])
keep(KEYS[1], expiry)
return 1
