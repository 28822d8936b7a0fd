-- Keeps the answer to a request.
-- KEYS[1] hash of the caller; ARGV[1] field, ARGV[2] request and answer, ARGV[3] seconds that it is kept
-- Out of memory, Redis refuses a command only while the script has written nothing: so a write that needs no memory
-- goes first.
redis.call('HDEL', KEYS[1], '')
local expiry = now + ARGV[3]
redis.call('HSET', KEYS[1], ARGV[1], struct.pack('>I4', expiry) .. ARGV[2])
keep(KEYS[1], expiry)
return 1
