// Prints the status of a token: node status-list.mjs ISSUER BASE JWT. BASE is where the service with that issuer is.
import {getListFromStatusListJWT, getStatusListFromJWT} from '@sd-jwt/jwt-status-list';
import {createLocalJWKSet, jwtVerify} from 'jose';

const [issuer, base, token] = process.argv.slice(2);
const here = uri => uri.replace(issuer, base);

const {idx, uri} = getStatusListFromJWT(token);
const answer = await fetch(here(uri), {headers: {Accept: 'application/statuslist+jwt'}});
const list = await answer.text();
const keys = createLocalJWKSet(await (await fetch(base + '/.well-known/jwks.json')).json());
const {payload} = await jwtVerify(list, keys, {typ: 'statuslist+jwt', subject: uri, requiredClaims: ['iat', 'exp', 'ttl']});
const all = await (await fetch(here(payload.status_list.aggregation_uri))).json();
const statuses = getListFromStatusListJWT(list);
console.log(
  JSON.stringify({
    listed: all.status_lists.includes(uri),
    bits: statuses.getBitsPerStatus(),
    size: statuses.statusList.length,
    status: statuses.getStatus(idx),
  }),
);
