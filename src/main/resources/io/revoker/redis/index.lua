-- Adds a member to an index set, or moves its expiry later, and keeps the key until its last member expires.
-- KEYS[1] index set; ARGV[1] member, ARGV[2] expiry in seconds
index(KEYS[1], ARGV[1], tonumber(ARGV[2]))
