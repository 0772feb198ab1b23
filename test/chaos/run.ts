/**
 * Kills the engine again and again while executions of varied shape run, and checks that none is lost, none is stuck
 * and no effect that was stored happens twice: `npm run chaos -- [--executions N] [--seed N]`. Exit code 1 when
 * something was wrong. A run with the same seed kills at the same points in the same order.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { readCommitted } from './committed.ts';
import { answerQuestions } from './decide.ts';
import { startLife, type Life } from './engine.ts';
import { Ledger } from './ledger.ts';
import { createRandom } from './random.ts';
import { openSink } from './sink.ts';
import { checkSlots, readSlots, secondsWorkflow } from './slots.ts';
import { childWorkflow, createShapes, thousandWorkflow, type Shape } from './workflows.ts';

const { values } = parseArgs({
  options: { executions: { type: 'string', default: '300' }, seed: { type: 'string' } },
});
const wanted = Number(values.executions);
const seed = Number(values.seed ?? Math.floor(Math.random() * 1e6));
const random = createRandom(seed);

/**
 * Points that lie in what SQLite is asked to do, with how often one comes by at least and at most before it kills. Each
 * life gets something done: the engine gives up an execution at whose third crash in a row nothing was.
 */
const STATEMENT_POINTS: Record<string, readonly [number, number]> = {
  'before-commit': [10, 60],
  'after-commit': [10, 60],
  'in-transaction': [10, 60],
  enqueue: [5, 15],
  prune: [1, 3],
};
/** Points that lie in the middle of an effect. */
const SINK_POINTS = ['before', 'after'] as const;
const LIFE_MS = 4_000;
const TAKE_UP_MS = 500;
const SETTLE_MS = 90_000;

interface Call {
  id: string;
  n: number;
  shape: Shape;
}

const dataDir = mkdtempSync(join(tmpdir(), 'guixuflow-chaos-'));
const sink = await openSink();
const ledger = new Ledger(sink.effects);
const kills = new Map<string, number>();
const taken: Call[] = [];
const verified = new Set<string>();
const pruned = new Set<string>();
const wrong: string[] = [];
const lost: string[] = [];
const stuck: string[] = [];
let decisions = 0;
let next = 1;
let thousandId = '';
let secondsId = '';
let slots: number[] = [];

console.log(`chaos: seed ${seed}, ${wanted} executions`);
const shapes = await prepare();
await liveAndDie();
await thousand();
await settle();
process.exitCode = report() ? 0 : 1;
await sink.close();
rmSync(dataDir, { recursive: true, force: true });

async function prepare(): Promise<Shape[]> {
  const life = await startLife(dataDir, null);
  if (!life) throw new Error('the engine ended before it served');
  const activate = async (document: unknown) => {
    const { id } = await life.api<{ id: string }>('POST', '/workflows', { document });
    await life.api('POST', `/workflows/${id}/activate`, {});
    return id;
  };
  const all = createShapes(await activate(childWorkflow(sink.url)));
  for (const shape of all) await activate(shape.document(sink.url));
  await activate(thousandWorkflow(sink.url));
  secondsId = await activate(secondsWorkflow());
  await life.stop();
  return all;
}

/** Begins executions in one life after the other, each of which ends by a kill. */
async function liveAndDie(): Promise<void> {
  while (taken.length < wanted) {
    const point = random.pick([
      ...Object.keys(STATEMENT_POINTS),
      ...SINK_POINTS.map((moment) => `mid-node-${moment}`),
    ]);
    const range = STATEMENT_POINTS[point];
    const count = random.between(...(range ?? ([4, 20] as const)));
    const life = await startLife(dataDir, range ? { point, count } : null);
    if (life) {
      if (!range) killInEffect(life, point, count);
      await work(life);
    }
    kills.set(point, (kills.get(point) ?? 0) + 1);
    sink.onRequest = () => Promise.resolve();
    ledger.onKill(readCommitted(dataDir));
  }
}

function killInEffect(life: Life, point: string, count: number): void {
  let left = count;
  sink.onRequest = async (moment) => {
    if (`mid-node-${moment}` !== point || life.isOver) return;
    left -= 1;
    if (left > 0) return;
    life.kill();
    await life.over;
    throw new Error('killed');
  };
}

/** Calls, answers and prunes until the life is over. */
async function work(life: Life): Promise<void> {
  const deadline = Date.now() + LIFE_MS;
  // What was taken over gets something done before the calls that follow lead to the next kill.
  await new Promise((resolve) => setTimeout(resolve, TAKE_UP_MS));
  while (!life.isOver) {
    try {
      if (Date.now() > deadline) life.kill();
      if (taken.length < wanted)
        await Promise.all(Array.from({ length: random.between(1, 8) }, () => call(life)));
      decisions += await answerQuestions(life, sink.effects, ledger);
      await verifySome(life, random.between(0, 3));
      await new Promise((resolve) => setTimeout(resolve, random.between(0, 60)));
    } catch (error) {
      // A life that is over answers nothing any more.
      await Promise.race([life.over, new Promise((resolve) => setTimeout(resolve, 1000))]);
      if (!life.isOver) throw error;
    }
  }
}

async function call(life: Life): Promise<void> {
  const shape = random.pick(shapes);
  const n = next++;
  const response = await fetch(`${life.url}/webhook/${shape.path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ n }),
  }).catch(() => null);
  // Without an answer nothing was promised.
  if (response?.status !== 200) return;
  const answer = (await response.json().catch(() => null)) as { executionId: string } | null;
  if (answer) taken.push({ id: answer.executionId, n, shape });
}

/** Checks executions that are over, and prunes them. */
async function verifySome(life: Life, most: number): Promise<void> {
  const ids: string[] = [];
  for (const one of taken.filter(({ id }) => !verified.has(id)).slice(0, most)) {
    if (await verify(life, one)) ids.push(one.id);
  }
  if (ids.length > 0) await life.api('POST', '/executions/delete', { ids });
}

interface Detail {
  status: string;
  error: { message: string } | null;
  nodeRuns: Array<{ nodeId: string; outputs: Array<Array<{ json: unknown }>> }>;
}

/** Whether the execution is over; what it gave is compared with what it is to give. */
async function verify(life: Life, { id, n, shape }: Call): Promise<boolean> {
  const detail = await life.api<Detail>('GET', `/executions/${id}`).catch((error: Error) => {
    if (!error.message.includes(': 404 ')) throw error;
    // Pruned by a life that was killed before it could say so, or else lost.
    return null;
  });
  if (!detail) {
    if (!pruned.has(id)) lost.push(id);
    verified.add(id);
    return false;
  }
  if (!['success', 'failed', 'cancelled'].includes(detail.status)) return false;
  const items = detail.nodeRuns
    .filter(({ nodeId }) => nodeId === shape.last)
    .flatMap(({ outputs }) => outputs[0]?.map(({ json }) => json) ?? []);
  if (!isDeepStrictEqual(items, shape.expected(n)))
    wrong.push(
      `${shape.path} ${id}: ${detail.status} ${detail.error?.message ?? ''} ${JSON.stringify(items)}`,
    );
  verified.add(id);
  pruned.add(id);
  return true;
}

/** A thousand effects in one node, killed in the middle. */
async function thousand(): Promise<void> {
  const life = await startLife(dataDir, null);
  if (!life) throw new Error('the engine ended before it served');
  let left = 500;
  sink.onRequest = async (moment, unit) => {
    if (moment !== 'after' || !unit.startsWith('bulk/')) return;
    left -= 1;
    if (left > 0) return;
    life.kill();
    await life.over;
    throw new Error('killed');
  };
  const response = await fetch(`${life.url}/webhook/thousand`, { method: 'POST' });
  thousandId = ((await response.json()) as { executionId: string }).executionId;
  await life.over;
  sink.onRequest = () => Promise.resolve();
  ledger.onKill(readCommitted(dataDir));
}

/** Lets everything come to its end. */
async function settle(): Promise<void> {
  const life = await startLife(dataDir, null);
  if (!life) throw new Error('the engine ended before it served');
  await life.api('POST', `/workflows/${secondsId}/deactivate`, {});
  const shape = { ...shapes[0]!, path: 'thousand', last: 'end', expected: () => [{ n: 1000 }] };
  taken.push({ id: thousandId, n: 0, shape });
  const deadline = Date.now() + SETTLE_MS;
  while (taken.some(({ id }) => !verified.has(id)) && Date.now() < deadline) {
    decisions += await answerQuestions(life, sink.effects, ledger);
    for (const one of taken) if (!verified.has(one.id)) await verify(life, one);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  for (const status of ['running', 'queued', 'waiting']) {
    const { items } = await life.api<{ items: Array<{ id: string }> }>(
      'GET',
      `/executions?status=${status}&limit=200`,
    );
    stuck.push(...items.map(({ id }) => `${id} ${status}`));
  }
  slots = await readSlots(life, secondsId);
  await life.stop();
}

/** Prints what was found; true when all is well. */
function report(): boolean {
  const { twice, never } = checkSlots(slots);
  const bad: Record<string, readonly string[]> = {
    'executions lost': lost,
    'stored effects repeated': ledger.repeated,
    'unsafe effects doubled': ledger.doubledUnsafe,
    'keyed effects with two keys': ledger.doubledKeys,
    'open unsafe effects not asked about': ledger.notAsked,
    'questions about stored effects': ledger.askedInVain,
    'slots fired twice': twice,
    'slots never fired': never,
    'wrong outputs': wrong,
    stuck,
  };
  console.log(
    `${taken.length} executions, ${sink.effects.length} effects, ${decisions} decisions asked for and answered, ` +
      `${slots.length} slots`,
  );
  for (const [point, count] of kills) console.log(`${String(count).padStart(4)} kills ${point}`);
  for (const [name, list] of Object.entries(bad)) {
    console.log(`${String(list.length).padStart(4)} ${name}`);
    for (const line of list.slice(0, 10)) console.log(`       ${line}`);
  }
  const isWell = slots.length > 0 && Object.values(bad).every((list) => list.length === 0);
  console.log(isWell ? 'chaos: nothing lost, nothing doubled, nothing stuck' : `chaos: failed, seed ${seed}`);
  return isWell;
}
