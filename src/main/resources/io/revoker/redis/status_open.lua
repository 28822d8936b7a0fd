-- Finds the status list that is being filled for a realm and an end, or begins another one.
-- KEYS[1] lists, KEYS[2] lists that are being filled; ARGV[1] realm and end, ARGV[2] id of a list that is full, '' for
-- none, ARGV[3] id of a new list, ARGV[4] the new list, ARGV[5] how many lists there may be
-- Returns the id of the list and the list; two empty texts if there are too many.
local held = redis.call('HGET', KEYS[2], ARGV[1])
local id = held and #held > 4 and struct.unpack('>I4', held) > now and string.sub(held, 5)
local list = id and id ~= ARGV[2] and redis.call('HGET', KEYS[1], id)
if list then
  return {id, list}
end
local function is_full()
  return redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[5])
end
if is_full() then
  for _ = 1, 100 do
    clean(KEYS[1])
  end
  if is_full() then
    return {'', ''}
  end
end
local expiry = struct.unpack('>I4', ARGV[4])
put(KEYS[1], ARGV[3], ARGV[4])
redis.call('HSET', KEYS[2], ARGV[1], struct.pack('>I4', expiry) .. ARGV[3])
if not keep(KEYS[2], expiry) then
  clean(KEYS[2], ARGV[1])
end
return {ARGV[3], ARGV[4]}
