/** The load generator, a process of its own so that it does not share the server's event loop. */
import autocannon from 'autocannon';

const [url, connections, seconds, body] = process.argv.slice(2) as [string, string, string, string];
const result = await autocannon({
  url,
  connections: Number(connections),
  duration: Number(seconds),
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body,
});
process.send?.({
  requestsPerSecond: result.requests.average,
  p50Ms: result.latency.p50,
  failures: result.non2xx + result.errors + result.timeouts,
});
