/**
 * The whole test run: build, checks, then every suite. Brings what the tests need where it can, and ends with
 * `N passed, N failed, N skipped`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { provideChromium } from './services/chromium.ts';
import { findPostgres } from './services/postgres.ts';
import { provideRust } from './services/rust.ts';
import { startServices } from './services/start-services.ts';
import { AllowedSkips, Report, tally } from './test/tally.ts';

const REPORTS = 'test-results';
const VITEST = join('node_modules', 'vitest', 'vitest.mjs');
const failedSteps: string[] = [];
const reports: Report[] = [];

const chromium = provideChromium(process.env);
const rust = await provideRust(process.env);
const postgres = await findPostgres(process.env);
const env: NodeJS.ProcessEnv = { ...process.env };
if (postgres) env['GUIXU_TEST_DATABASE_URL'] = postgres;
if ('path' in chromium) env['GUIXU_TEST_CHROMIUM'] = chromium.path;
console.log(`PostgreSQL: ${postgres ?? 'none found; its tests are skipped'}`);
console.log(
  `Chromium: ${'path' in chromium ? chromium.path : `${chromium.missing}; browser and desktop tests are skipped`}`,
);

console.log(`Rust: ${'path' in rust ? rust.path : `${rust.missing}; its tests are skipped`}`);

const services = await startServices(env);
Object.assign(env, services.env);

rmSync(REPORTS, { recursive: true, force: true });
mkdirSync(REPORTS, { recursive: true });
// The suites run what users run, so nothing of an older build may be left.
rmSync('out', { recursive: true, force: true });

const isBuilt = step(
  'build',
  join('node_modules', 'electron-vite', 'bin', 'electron-vite.js'),
  'build',
  '--logLevel',
  'warn',
);
step('check', join('scripts', 'check.ts'), '--no-tests');
suite('unit');
let skippedFiles = 0;
// The others run what was built.
if (isBuilt) {
  suite('integration');
  suite('connectors');
  for (const project of ['browser', 'desktop']) {
    // One window at a time: two Chromiums on a small machine time each other out.
    if ('path' in chromium) suite(project, '--no-file-parallelism');
    else skippedFiles += globSync(`test/${project}/**/*.test.ts`).length;
  }
}

await services.stop();
const allowed = AllowedSkips.parse(JSON.parse(readFileSync(join('test', 'allowed-skips.json'), 'utf8')));
const { passed, failed, skipped, unexpectedSkips } = tally(reports, allowed);
for (const name of failedSteps) console.log(`Failed: ${name}`);
for (const name of unexpectedSkips) console.log(`Skipped, but not in test/allowed-skips.json: ${name}`);
const failures = failed + failedSteps.length;
console.log(`${passed} passed, ${failures} failed, ${skipped + skippedFiles} skipped`);
process.exitCode = failures > 0 || unexpectedSkips.length > 0 ? 1 : 0;

function step(name: string, ...args: string[]): boolean {
  console.log(`\n> ${name}`);
  const isPassed = spawnSync(process.execPath, args, { stdio: 'inherit', env }).status === 0;
  if (!isPassed) failedSteps.push(name);
  return isPassed;
}

/** Runs one project of vitest and keeps its report. */
function suite(project: string, ...options: string[]): void {
  const file = join(REPORTS, `${project}.json`);
  console.log(`\n> ${project} tests`);
  spawnSync(
    process.execPath,
    [
      ...[VITEST, 'run', '--project', project, '--passWithNoTests', ...options],
      ...['--reporter', 'dot', '--reporter', 'json', `--outputFile.json=${file}`],
    ],
    { stdio: 'inherit', env },
  );
  // Without a report the runner itself broke, and nothing can be said about its tests.
  if (existsSync(file)) reports.push(Report.parse(JSON.parse(readFileSync(file, 'utf8'))));
  else failedSteps.push(`${project} tests`);
}
