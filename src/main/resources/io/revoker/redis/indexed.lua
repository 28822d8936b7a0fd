-- Says for which servers the index of the realms of users is whole. A script, so that it is read before what is asked for behind it.
-- KEYS[1] what is known of it
-- Answers nil if nothing is.
return redis.call('GET', KEYS[1])
