import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { ROOT } from './read-node-folder.ts';
import { renderRegistry } from './render-registry.ts';

/**
 * Brings the generated files of the registry up to date, or with `check` only looks. Prints what it did and what is
 * wrong. False when something is: a node folder is incomplete, or with `check` a file is stale.
 */
export async function writeRegistry({ check }: { check: boolean }): Promise<boolean> {
  const { files, types, problems } = await renderRegistry();
  for (const problem of problems) console.error(`src/engine/nodes/${problem}`);
  let isFine = problems.length === 0;
  for (const [file, content] of files) {
    if (existsSync(file) && readFileSync(file, 'utf8') === content) continue;
    const name = relative(ROOT, file);
    if (check) {
      console.error(`${name} is stale: run "npm run gen:registry" and commit it`);
      isFine = false;
    } else {
      writeFileSync(file, content);
      console.log(`wrote ${name}`);
    }
  }
  console.log(`${types.length} node types`);
  return isFine;
}
