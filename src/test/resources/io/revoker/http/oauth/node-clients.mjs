// OAuth clients for Node.js, as their manuals use them: learn the endpoints, introspect an access token, revoke its
// refresh token, introspect again. If the service signs answers, they ask for that and verify them. Prints what the client says as one JSON object; an error by its status, code or name.
// Arguments: library, method of authentication, the URL of the service, id, secret (or what proves it), access token,
// refresh token; and "other-keys" to have them find keys of somebody else.
import https from 'node:https';
import * as oauth4webapi from 'oauth4webapi';
import * as openid from 'openid-client';
import simple from 'simple-oauth2';

const ISSUER = new URL('https://auth.example');
const [library, method, base, id, secret, access, refresh, keys] = process.argv.slice(2);

// Takes the place of a proxy with TLS.
const proxied = (url, options) => method === 'tls_client_auth'
    ? overTls(String(url).replace(ISSUER.origin, base), options)
    : keys === 'other-keys' && String(url).endsWith('jwks.json')
    ? otherKeys()
    : fetch(String(url).replace(ISSUER.origin, base), options);

// fetch can't show a certificate. The secret is the certificate, its key and that of the server, as PEM in JSON.
function overTls(url, {method, headers, body}) {
  return new Promise((resolve, reject) => https
      .request(url, {method, headers, ...JSON.parse(secret)}, async answer => resolve(new Response(
          Buffer.concat(await answer.toArray()), {status: answer.statusCode, headers: answer.headers})))
      .on('error', reject)
      .end(body?.toString()));
}

async function otherKeys() {
  const {publicKey} = await crypto.subtle.generateKey({name: 'ECDSA', namedCurve: 'P-256'}, true, ['sign', 'verify']);
  const {kty, crv, x, y} = await crypto.subtle.exportKey('jwk', publicKey);
  return Response.json({keys: [{kty, crv, x, y, kid: 'k', use: 'sig', alg: 'ES256'}]});
}

async function authenticationBy(library) {
  if (method === 'private_key_jwt') {
    const jwk = JSON.parse(secret);
    const key = await crypto.subtle.importKey('jwk', jwk, {name: 'ECDSA', namedCurve: 'P-256'}, false, ['sign']);
    return library.PrivateKeyJwt({key, kid: jwk.kid});
  }
  if (method === 'tls_client_auth') {
    return library.TlsClientAuth();
  }
  return method === 'client_secret_post' ? library.ClientSecretPost(secret) : library.ClientSecretBasic(secret);
}

const libraries = {
  async 'oauth4webapi'() {
    const options = {[oauth4webapi.customFetch]: proxied};
    const found = await oauth4webapi.discoveryRequest(ISSUER, {algorithm: 'oauth2', ...options});
    const server = await oauth4webapi.processDiscoveryResponse(ISSUER, found);
    const algorithm = server.introspection_signing_alg_values_supported?.[0];
    const client = {client_id: id, introspection_signed_response_alg: algorithm};
    const authentication = await authenticationBy(oauth4webapi);
    const introspect = async token => {
      const response = await oauth4webapi.introspectionRequest(server, client, authentication, token, options);
      const told = await oauth4webapi.processIntrospectionResponse(server, client, response);
      if (algorithm) {
        await oauth4webapi.validateApplicationLevelSignature(server, response, options);
      }
      return told;
    };
    const before = await introspect(access);
    await oauth4webapi.processRevocationResponse(
        await oauth4webapi.revocationRequest(server, client, authentication, refresh, options));
    const after = await introspect(access);
    return {before: before.active, user: before.username, after: after.active};
  },

  async 'openid-client'() {
    // By default it posts the secret, whatever the metadata say.
    const authentication = method === 'client_secret_post' ? undefined : await authenticationBy(openid);
    const {introspection_signing_alg_values_supported: algorithms} =
        await (await proxied(ISSUER + '.well-known/oauth-authorization-server', {})).json();
    const signed = algorithms && {introspection_signed_response_alg: algorithms[0]};
    const config = await openid.discovery(ISSUER, id, {client_secret: secret, ...signed}, authentication,
        {algorithm: 'oauth2', [openid.customFetch]: proxied, execute: signed ? [openid.enableNonRepudiationChecks] : []});
    const before = await openid.tokenIntrospection(config, access);
    await openid.tokenRevocation(config, refresh, {token_type_hint: 'access_token'});
    const after = await openid.tokenIntrospection(config, access);
    return {before: before.active, user: before.username, after: after.active};
  },

  async 'simple-oauth2'() {
    const client = new simple.ClientCredentials({
      client: {id, secret},
      auth: {tokenHost: base, revokePath: '/oauth2/revoke'},
      options: {authorizationMethod: method === 'client_secret_post' ? 'body' : 'header'},
    });
    await client.createToken({access_token: access, refresh_token: refresh, expires_in: 60}).revokeAll();
    return {};
  },
};

try {
  console.log(JSON.stringify(await libraries[library]()));
} catch (error) {
  const status = error.response?.status ?? error.status ?? error.output?.statusCode ?? error.cause?.status;
  console.log(JSON.stringify({error: status ?? error.code ?? error.name}));
}
