import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DateTime, Duration } from 'luxon';
import { afterAll, describe, expect, it } from 'vitest';
import {
  createExpressionEngine,
  type ExpressionResult,
  type ExpressionScope,
} from '../../src/engine/expression/index.ts';
import { createSandbox } from '../../src/engine/sandbox/index.ts';
import { isEngineError } from '../../src/engine/kernel/index.ts';
import { fakeScope } from '../../src/engine/expression/fake-scope.ts';

interface Case {
  title: string;
  expression: string;
  input: Array<Record<string, unknown>>;
  expected?: unknown;
  error?: { message?: string; messageRegex?: string };
  timezone: string;
  clock?: string | number;
  tags: { runnable?: boolean };
}

const folder = fileURLToPath(new URL('../../../shared/n8n-corpus/cases/', import.meta.url));
const isPresent = existsSync(folder);
const files = isPresent ? readdirSync(folder).filter((name) => name.startsWith('_expr__')) : [];

/** Cases that differ on purpose, by title, with the reason. */
const KNOWN: Readonly<Record<string, string>> = {};

const sandbox = createSandbox();
const engine = createExpressionEngine({ sandbox });
afterAll(() => sandbox.dispose());

async function evaluate(one: Case): Promise<ExpressionResult> {
  const items = one.input.map((json) => ({ json }));
  const scope: ExpressionScope = fakeScope({
    owner: 'corpus',
    items,
    timezone: one.timezone,
    now: one.clock === undefined ? Date.now() : new Date(one.clock).getTime(),
  });
  try {
    const [[result] = []] = await engine.evaluate([engine.compile(one.expression.slice(1))], scope, [0]);
    return result as ExpressionResult;
  } catch (error) {
    if (isEngineError(error)) return { error: { code: 'EXPRESSION_FAILED', reason: error.message } };
    throw error;
  }
}

function matches(value: unknown, expected: unknown): boolean {
  if (typeof expected === 'object' && expected !== null && !Array.isArray(expected)) {
    const special = expected as Record<string, unknown>;
    if ('$undefined' in special) return value === undefined;
    if ('$date' in special)
      return new Date(value as string).getTime() === new Date(special.$date as string).getTime();
    if ('$dateTime' in special)
      return (
        DateTime.fromISO(value as string).toMillis() ===
        DateTime.fromISO(special.$dateTime as string).toMillis()
      );
    if ('$duration' in special)
      return Duration.fromISO(value as string).equals(Duration.fromISO(special.$duration as string));
    if ('$interval' in special) return value === special.$interval;
    if ('$number' in special) return Object.is(value, Number(special.$number));
    if ('$truthy' in special) return Boolean(value);
    if ('$falsy' in special) return !value;
  }
  try {
    expect(value).toEqual(expected);
    return true;
  } catch {
    return false;
  }
}

describe.skipIf(!isPresent)(
  'expressions of the n8n corpus (skipped where ../shared/n8n-corpus is not there)',
  () => {
    for (const file of files) {
      const { cases } = JSON.parse(readFileSync(folder + file, 'utf8')) as { cases: Case[] };
      const runnable = cases.filter((one) => one.tags.runnable || one.clock !== undefined);
      it(`agrees with ${file}`, async () => {
        const failures: string[] = [];
        for (const one of runnable) {
          if (KNOWN[one.title]) continue;
          const result = await evaluate(one);
          const passes = one.error
            ? 'error' in result &&
              (!one.error.message || result.error.reason.includes(one.error.message)) &&
              (!one.error.messageRegex || new RegExp(one.error.messageRegex).test(result.error.reason))
            : 'value' in result && matches(result.value, one.expected);
          if (!passes)
            failures.push(
              `${one.expression} with ${JSON.stringify(one.input)}: expected ${JSON.stringify(one.error ?? one.expected)}, got ${JSON.stringify(result)}`,
            );
        }
        process.stdout.write(`${file}: ${runnable.length - failures.length} of ${runnable.length} pass\n`);
        expect(failures).toEqual([]);
      });
    }
  },
);
