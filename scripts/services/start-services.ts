import { dovecot } from './dovecot.ts';
import { ftp } from './ftp.ts';
import { mosquitto } from './mosquitto.ts';
import { mysqlService } from './mysql.ts';
import { nats } from './nats.ts';
import { rabbitmq } from './rabbitmq.ts';
import { redis } from './redis.ts';
import { ssh } from './ssh.ts';
import type { Service } from './service.ts';

/** Every server the connector tests talk to; a test names the variables that its server is found by. */
export const SERVICES: readonly Service[] = [
  dovecot,
  ftp,
  mosquitto,
  mysqlService,
  nats,
  rabbitmq,
  redis,
  ssh,
];

/** Provides them one after the other, says what became of each, and gives what tests find them by. */
export async function startServices(
  env: NodeJS.ProcessEnv,
): Promise<{ env: Record<string, string>; stop(): Promise<void> }> {
  const found: Record<string, string> = {};
  const stops: Array<() => void | Promise<void>> = [];
  for (const { name, provide } of SERVICES) {
    const provided = await provide({ ...env, ...found });
    if ('missing' in provided) {
      console.log(`${name}: ${provided.missing}; its tests are skipped`);
      continue;
    }
    Object.assign(found, provided.env);
    if (provided.stop) stops.push(provided.stop);
    console.log(`${name}: ${provided.stop ? 'started for the tests' : 'runs already'}`);
  }
  return {
    env: found,
    async stop() {
      for (const stop of stops.reverse()) await stop();
    },
  };
}
