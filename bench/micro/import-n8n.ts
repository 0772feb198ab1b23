import { readWorkflow } from '../../src/engine/workflow/index.ts';
import { median, ms } from '../row.ts';

/** What importing an n8n workflow of 50 nodes takes (limit 50 ms): `node bench/micro/import-n8n.ts`. */
const NODES = 50;
const kinds = [
  {
    type: 'set',
    typeVersion: 3.4,
    parameters: { assignments: { assignments: [assignment('={{ $json.n + 1 }}')] } },
  },
  {
    type: 'httpRequest',
    typeVersion: 4.2,
    parameters: { url: '=https://example.com/{{ $json.id }}', options: {} },
  },
  { type: 'code', typeVersion: 2, parameters: { jsCode: 'return $input.all();' } },
  {
    type: 'dateTime',
    typeVersion: 2,
    parameters: { operation: 'formatDate', date: '={{ $now }}', options: {} },
  },
  { type: 'slack', typeVersion: 2.2, parameters: { text: '={{ $json.text }}' } },
];

function assignment(value: string) {
  return { id: '1', name: 'n', type: 'number', value };
}

const nodes = Array.from({ length: NODES }, (_, index) => {
  const kind = kinds[index % kinds.length];
  return {
    ...kind,
    id: `${index}`,
    name: `N${index}`,
    type: `n8n-nodes-base.${kind?.type}`,
    position: [index * 200, 0],
  };
});
const connections = Object.fromEntries(
  nodes
    .slice(1)
    .map(({ name }, index) => [`N${index}`, { main: [[{ node: name, type: 'main', index: 0 }]] }]),
);
const text = JSON.stringify({ name: 'Bench', nodes, connections });

const taken: number[] = [];
for (let run = 0; run < 101; run++) {
  const startedAt = performance.now();
  await readWorkflow(text);
  taken.push(performance.now() - startedAt);
}
console.log(`first ${ms(taken[0] ?? 0)}, with loading; then ${ms(median(taken.slice(1)))} (p50)`);
