-- Finds the record of a token by the first bytes of its id.
-- KEYS[1] records; ARGV[1] the first eight bytes of the id
-- Returns the record, or nothing. All ids of a hash begin with the same bits: there are few of them.
for _, id in ipairs(redis.call('HKEYS', KEYS[1])) do
  if string.sub(id, 1, 8) == ARGV[1] then
    return redis.call('HGET', KEYS[1], id)
  end
end
return false
