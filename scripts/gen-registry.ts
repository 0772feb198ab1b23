/**
 * Writes the manifest and the catalogue of the registry from the node folders.
 * With `--check` it writes nothing and fails when they are not what they should be.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { ROOT } from './registry/read-node-folder.ts';
import { renderRegistry } from './registry/render-registry.ts';

const check = process.argv.includes('--check');
const { files, types, problems } = await renderRegistry();

for (const problem of problems) console.error(`src/engine/nodes/${problem}`);
if (problems.length > 0) process.exitCode = 1;

for (const [file, content] of files) {
  if (existsSync(file) && readFileSync(file, 'utf8') === content) continue;
  const name = relative(ROOT, file);
  if (check) {
    console.error(`${name} is stale: run "npm run gen:registry" and commit it`);
    process.exitCode = 1;
  } else {
    writeFileSync(file, content);
    console.log(`wrote ${name}`);
  }
}
console.log(`${types.length} node types`);
