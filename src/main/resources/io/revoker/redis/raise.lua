-- Raises marks that are missing, or have a smaller value.
-- KEYS buckets; ARGV[1] seconds that marks are kept, then for each bucket ids and values alternately, eight bytes
-- each, in one string
write_first(KEYS[1])
for i = 1, #KEYS do
  local marks = ARGV[i + 1]
  for from = 1, #marks, 16 do
    local id, value = string.sub(marks, from, from + 7), string.sub(marks, from + 8, from + 15)
    local held = redis.call('HGET', KEYS[i], id)
    if not held or struct.unpack('>I8', held) < struct.unpack('>I8', value) then
      redis.call('HSET', KEYS[i], id, value)
    end
  end
  redis.call('EXPIRE', KEYS[i], ARGV[1])
end
return #KEYS
