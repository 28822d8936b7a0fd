# Varnish 7.1 or newer in front of a service that only valid tokens may reach: Revoker checks each request first. The
# service, here on port 8000, gets the owner of the token in X-Auth-Subject, -Realm, -Exp, -Client and -Scope, which
# clients can't set. Nothing is cached. Start it with room for tokens of some kilobytes, and without the headers of
# requests in its log, which is a file:
#
# varnishd -F -a 127.0.0.1:8090 -f varnish.vcl -p http_req_hdr_len=16k -p http_req_size=64k -p vsl_mask=-ReqHeader,-ReqUnset,-BereqHeader,-BereqUnset
vcl 4.1;

import std;

backend revoker {
  .host = "127.0.0.1";
  .port = "8080";
  .connect_timeout = 500ms;
  .first_byte_timeout = 2s;
  .between_bytes_timeout = 2s;
}

backend service {
  .host = "127.0.0.1";
  .port = "8000";
}

# A request is checked first; if its token is good, it is begun again, and goes to the service.
sub vcl_recv {
  if (req.restarts > 0) {
    set req.backend_hint = service;
    if (req.http.Upgrade ~ "(?i)^websocket$") {
      return (pipe);
    }
    return (pass);
  }
  unset req.http.X-Auth-Subject;
  unset req.http.X-Auth-Realm;
  unset req.http.X-Auth-Exp;
  unset req.http.X-Auth-Client;
  unset req.http.X-Auth-Scope;
  # Some services take an underscore for a hyphen, in any place.
  unset req.http.X_Auth_Subject;
  unset req.http.X-Auth_Subject;
  unset req.http.X_Auth-Subject;
  unset req.http.X_Auth_Realm;
  unset req.http.X-Auth_Realm;
  unset req.http.X_Auth-Realm;
  unset req.http.X_Auth_Exp;
  unset req.http.X-Auth_Exp;
  unset req.http.X_Auth-Exp;
  unset req.http.X_Auth_Client;
  unset req.http.X-Auth_Client;
  unset req.http.X_Auth-Client;
  unset req.http.X_Auth_Scope;
  unset req.http.X-Auth_Scope;
  unset req.http.X_Auth-Scope;
  # The check uses the body up, so it is kept for the service. This is the longest that is.
  if (!std.cache_req_body(1MB)) {
    return (synth(413));
  }
  set req.backend_hint = revoker;
  return (pass);
}

sub vcl_backend_fetch {
  if (bereq.backend == revoker) {
    set bereq.method = "GET";
    set bereq.url = "/v1/check";
    set bereq.http.Host = "localhost";
    # base64 of gateway:SECRET, here with the secret of clients.example.yaml
    set bereq.http.Revoker-Authorization = "Basic Z2F0ZXdheTpvNVNqWHNzVVRDZ20wSzF2MkRCd0d5NzBOQ1FHbjRqNGNSV05VN3hEUVJB";
    # Keep the Content-Length: the body is sent too, and without its length Revoker would take it for the next request.
    unset bereq.http.Cookie;
  }
}

sub vcl_deliver {
  if (req.restarts > 0 || resp.status == 401) {
    return (deliver);
  }
  if (resp.status != 200) {
    # Revoker can't decide now, or these credentials are not those of a gateway.
    return (synth(503));
  }
  set req.http.X-Auth-Subject = resp.http.X-Auth-Subject;
  set req.http.X-Auth-Realm = resp.http.X-Auth-Realm;
  set req.http.X-Auth-Exp = resp.http.X-Auth-Exp;
  set req.http.X-Auth-Client = resp.http.X-Auth-Client;
  set req.http.X-Auth-Scope = resp.http.X-Auth-Scope;
  return (restart);
}

sub vcl_pipe {
  set bereq.http.Upgrade = req.http.Upgrade;
  set bereq.http.Connection = "Upgrade";
}
