-- Returns the servers for which the index of the realms of users is complete. A script, so that it is read before the
-- calls that are sent after it.
-- KEYS[1] the key of that note
-- Returns nil if there is no note.
return redis.call('GET', KEYS[1])
