#!/usr/bin/env bash
# simple-oauth2 5.1.0: revokeAll() revokes the access token and then the refresh token, but reads each answer as JSON.
# RFC 7009 (section 2.2) leaves the body of a 200 open, so an empty 200 without a content type is a success. Here it is
# an exception of the first call: the access token is revoked, and the refresh token is never sent. With {} as JSON both
# are sent.
#
# Seen: the lines below. Needs Node.js 20 or newer, and npm.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --no-save --ignore-scripts --prefix . simple-oauth2@5.1.0

cat > seen.cjs <<'JS'
const http = require('node:http');
const {ClientCredentials} = require('simple-oauth2');

async function revokeAll(name, answer) {
  const sent = [];
  const server = http.createServer((request, response) => {
    let body = '';
    request.on('data', part => body += part);
    request.on('end', () => {
      sent.push(new URLSearchParams(body).get('token'));
      answer(response);
    });
  }).listen(0, '127.0.0.1');
  await new Promise(listening => server.once('listening', listening));
  const client = new ClientCredentials({
    client: {id: 'id', secret: 'secret'},
    auth: {tokenHost: `http://127.0.0.1:${server.address().port}`, revokePath: '/revoke'},
  });
  let outcome = 'done';
  try {
    await client.createToken({access_token: 'a', refresh_token: 'r', expires_in: 60}).revokeAll();
  } catch (error) {
    outcome = error.message;
  }
  server.closeAllConnections();
  server.close();
  console.log(`${name}: sent ${sent.join(' and ')}: ${outcome}`);
}

(async () => {
  await revokeAll('empty 200', response => response.writeHead(200).end());
  await revokeAll('200 with {}', response => response.writeHead(200, {'Content-Type': 'application/json'}).end('{}'));
})();
JS

seen=$(node seen.cjs)
expected='empty 200: sent a: The content-type is not JSON compatible
200 with {}: sent a and r: done'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed; expected:"; echo "$expected"; exit 1; }
