-- Adds a record to a hash unless it is there, and keeps the key until its last record expires.
-- KEYS[1] hash; ARGV[1] field, ARGV[2] value; perhaps ARGV[3] and ARGV[4], another entry that is added with it
-- Returns the unexpired value that was there before; nil if the record was added.
local held = put(KEYS[1], ARGV[1], ARGV[2])
if not held and ARGV[3] then
  put(KEYS[1], ARGV[3], ARGV[4])
end
return held
