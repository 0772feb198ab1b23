/** Writes the folder of a new node type: `npm run new:node -- data/my-node`. Asks when not told which. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { format, resolveConfig } from 'prettier';
import { NODE_GROUPS } from '../src/contract/index.ts';
import { nodeTemplate, type NewNode } from './registry/node-template.ts';
import { NODES, ROOT } from './registry/read-node-folder.ts';
import { writeRegistry } from './registry/write-registry.ts';

const GROUPS = NODE_GROUPS.filter((group) => group !== 'trigger');

async function ask(): Promise<string> {
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const group = await prompt.question(`Group (${GROUPS.join(', ')}): `);
    const type = await prompt.question('Type (kebab-case): ');
    return `${group.trim()}/${type.trim()}`;
  } finally {
    prompt.close();
  }
}

/** The node to write, or a sentence about what is wrong with the name. */
function parse(path: string): NewNode | string {
  const [group = '', type = '', ...rest] = path.split('/');
  if (rest.length > 0 || !GROUPS.includes(group as (typeof GROUPS)[number])) {
    return `Give <group>/<type>, with one of the groups ${GROUPS.join(', ')}.`;
  }
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(type)) return `"${type}" is not in kebab-case, like "split-out".`;
  if (existsSync(join(NODES, group, type))) return `src/engine/nodes/${path} is there already.`;
  return { group, type };
}

const node = parse(process.argv[2] ?? (await ask()));
if (typeof node === 'string') {
  console.error(node);
  process.exitCode = 1;
} else {
  for (const [name, content] of nodeTemplate(node)) {
    const file = join(NODES, node.group, node.type, name);
    mkdirSync(dirname(file), { recursive: true });
    const isCode = !name.endsWith('.svg');
    const source = isCode
      ? await format(content, { ...(await resolveConfig(file)), filepath: file })
      : content;
    writeFileSync(file, source);
    console.log(`wrote ${relative(ROOT, file)}`);
  }
  if (!(await writeRegistry({ check: false }))) process.exitCode = 1;
}
