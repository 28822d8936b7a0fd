// Follows a stream until a user is revoked, and prints what comes. Arguments: its URL, the user.
import { EventSource } from 'eventsource';

// The timer of its next attempt does not keep Node.js running.
const alive = setInterval(() => {}, 1000);
const source = new EventSource(process.argv[2]);
source.onopen = () => console.log('open');
source.addEventListener('mark', event => {
  const user = JSON.parse(event.data).target.username;
  console.log(`mark ${user}`);
  if (user === process.argv[3]) {
    source.close();
    clearInterval(alive);
  }
});
