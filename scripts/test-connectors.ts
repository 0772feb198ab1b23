/** Starts the servers there are and runs the connector tests against them: `npm run test:connectors -- redis`. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { findPostgres } from './services/postgres.ts';
import { startServices } from './services/start-services.ts';

const postgres = await findPostgres(process.env);
console.log(`PostgreSQL: ${postgres ?? 'none found; its tests are skipped'}`);
const env = { ...process.env, ...(postgres && { GUIXU_TEST_DATABASE_URL: postgres }) };
const services = await startServices(env);
try {
  const vitest = join('node_modules', 'vitest', 'vitest.mjs');
  const child = spawn(
    process.execPath,
    [vitest, 'run', '--project', 'connectors', ...process.argv.slice(2)],
    { stdio: 'inherit', env: { ...env, ...services.env } },
  );
  const [code] = (await once(child, 'exit')) as [number | null];
  process.exitCode = code ?? 1;
} finally {
  await services.stop();
}
