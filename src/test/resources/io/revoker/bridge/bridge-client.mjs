// A client of the TCP bridge with nothing but Node.js and the frames that the manual describes: checks a token, revokes
// it, and ends when it has heard of that. Arguments: port, client:secret, a token, and for TLS a file with who is trusted.
import fs from 'node:fs';
import net from 'node:net';
import tls from 'node:tls';

const [port, credentials, token, trusted] = process.argv.slice(2);
const socket = trusted
  ? tls.connect({ host: '127.0.0.1', port, ca: fs.readFileSync(trusted) })
  : net.connect({ host: '127.0.0.1', port });
socket.on('error', error => end(`error ${error.code}`));

function end(why) {
  console.log(why);
  process.exit();
}

function send(frame) {
  const json = Buffer.from(JSON.stringify(frame));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(json.length);
  socket.write(Buffer.concat([length, json]));
}

let rest = Buffer.alloc(0);
socket.on('data', bytes => {
  rest = Buffer.concat([rest, bytes]);
  while (rest.length >= 4 && rest.length >= 4 + rest.readUInt32BE()) {
    const end = 4 + rest.readUInt32BE();
    take(JSON.parse(rest.subarray(4, end)));
    rest = rest.subarray(end);
  }
});

const answers = new Map();
function ask(address, body) {
  const replyAddress = `reply-${answers.size}`;
  send({ type: 'send', address, replyAddress, body });
  return new Promise((resolve, reject) => answers.set(replyAddress, { resolve, reject }));
}

let heard;
const event = new Promise(resolve => { heard = resolve; });
function take(frame) {
  if (answers.has(frame.address)) {
    const answer = answers.get(frame.address);
    frame.type === 'err' ? answer.reject(new Error(frame.message)) : answer.resolve(frame);
  } else if (frame.type === 'err') {
    end(`refused ${frame.failureCode}`);
  } else if (frame.address === 'revocation.v1.events' && frame.body.event === 'revocation') {
    heard(frame.body);
  }
}

const Authorization = `Basic ${Buffer.from(credentials).toString('base64')}`;
send({ type: 'register', address: 'revocation.v1.events', headers: { Authorization } });
const active = async () => (await ask('revocation.v1.check', { tokens: [token] })).body.checks[0].active;
console.log(`active ${await active()}`);
const revoked = await ask('revocation.v1.revoke', { target: { token } });
console.log(`revoked ${revoked.headers.status} ${revoked.body.invalidated_tokens}`);
console.log(`event of ${(await event).realm_name}`);
console.log(`active ${await active()}`);
socket.end();
