-- Writes locks, each unless there is one of the same target that lasts as long.
-- KEYS[1] locks; ARGV[1] how many there may be, then for each its id, when it ends in microseconds, and its text
-- Returns for how many there was no room.
write_first(KEYS[1])
make_room(KEYS[1], (#ARGV - 1) / 3, tonumber(ARGV[1]))
local left = 0
for i = 2, #ARGV, 3 do
  if has_room(KEYS[1], ARGV[i], tonumber(ARGV[1])) then
    lock(KEYS[1], ARGV[i], tonumber(ARGV[i + 1]), ARGV[i + 2])
  else
    left = left + 1
  end
end
return left
