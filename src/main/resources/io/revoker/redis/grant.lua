-- Adds a grant to a bundle of its holder unless it is there, and the holder, or the hash that it shares, to the index
-- of its realm.
-- KEYS[1] bundle, KEYS[2] realm index; for another bundle than the first also KEYS[3] the first, KEYS[4] index of the
-- others
-- ARGV[1] field of the grant, ARGV[2] state, ARGV[3] member of the index, ARGV[4] name of the bundle
-- Returns what add_grant does.
return add_grant(KEYS[1], KEYS[2], KEYS[3], KEYS[4], {id = ARGV[1], state = ARGV[2], bundle = ARGV[4]}, ARGV[3])
