-- Asks Revoker about the token of a request. It sets txn.verdict to good or refused; after any error there is none.
local FACTS = { "subject", "realm", "exp", "client", "scope" }

local function question(txn)
  local headers = {
    host = { "localhost" },
    -- base64 of gateway:SECRET, here with the secret of clients.example.yaml
    ["revoker-authorization"] = { "Basic Z2F0ZXdheTpvNVNqWHNzVVRDZ20wSzF2MkRCd0d5NzBOQ1FHbjRqNGNSV05VN3hEUVJB" },
    authorization = {},
  }
  -- All of them, so that Revoker refuses a request with two. HAProxy counts them from 0.
  local tokens = txn.http:req_get_headers()["authorization"] or {}
  for i = 0, #tokens do
    table.insert(headers.authorization, tokens[i])
  end
  -- HAProxy tries four times, each up to this time-out in milliseconds. Only GET is safe to repeat.
  return { url = "http://127.0.0.1:8080/v1/check", headers = headers, timeout = 500 }
end

local function check(txn)
  local answer = core.httpclient():get(question(txn))
  if answer.status == 200 then
    for _, fact in ipairs(FACTS) do
      txn:set_var("txn." .. fact, answer.headers["x-auth-" .. fact][0])
    end
    txn:set_var("txn.verdict", "good")
  elseif answer.status == 401 then
    txn:set_var("txn.challenge", answer.headers["www-authenticate"][0])
    txn:set_var("txn.verdict", "refused")
  end
end

core.register_action("revoker", { "http-req" }, check, 0)
