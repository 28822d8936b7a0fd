-- Registers a grant in one step, where all its keys are on one server. Nothing is done unless it is simple: no mark is
-- newer than those that the caller knows, none of its tokens is registered, and its place is free.
-- KEYS[1] last, KEYS[2] realms of users, KEYS[3] bundle, KEYS[4] realm index, KEYS[5] records of its first token,
-- KEYS[6] those of its second, or the same ones; for another bundle than the first also KEYS[7] the first, KEYS[8]
-- index of the others
-- ARGV[1] newest mark that the caller knows, ARGV[2] realm of the user, ARGV[3] field of the grant, ARGV[4] state,
-- ARGV[5] member of the realm index, ARGV[6] name of the bundle; for each token its id and its record; for a pair then
-- the name and the value of the entry beside the record of its first token
-- Returns the number of entries of the bundle, 0 if nothing was done.
if last(KEYS[1]) ~= ARGV[1] then
  return 0
end
local written = 0
-- No check can have found its tokens.
local function take_back()
  for i = 1, written do
    redis.call('HDEL', KEYS[4 + i], ARGV[5 + 2 * i])
    kept[KEYS[4 + i]] = nil
  end
  return 0
end
for token = 1, ARGV[9] and 2 or 1 do
  if put(KEYS[4 + token], ARGV[5 + 2 * token], ARGV[6 + 2 * token]) then
    return take_back()
  end
  written = token
end
if ARGV[11] then
  put(KEYS[5], ARGV[11], ARGV[12])
end
index(KEYS[2], ARGV[2], (struct.unpack('>I4', ARGV[4])))
local grant = {id = ARGV[3], state = ARGV[4], bundle = ARGV[6]}
local added = add_grant(KEYS[3], KEYS[4], KEYS[7], KEYS[8], grant, ARGV[5])
if added[2] == 0 then
  if ARGV[11] then
    redis.call('HDEL', KEYS[5], ARGV[11])
  end
  return take_back()
end
return added[4]
