import { describe, expect, it } from 'vitest';
import type { ParameterDescription } from '../../contract/index.ts';
import { nodeOf, workflowOf } from '../editor/document/test-kit.ts';
import { completeExpression } from './completion-data.ts';
import { isCron, readCron } from './cron-text.ts';
import { toExpression, toFixed, withDropped } from './expression-text.ts';
import { inputSources } from './input-sources.ts';
import { parameterFault } from './parameter-check.ts';

describe('completeExpression', () => {
  const document = workflowOf(['me'], [], { nodes: [nodeOf('me'), nodeOf('o', { name: 'Fetch order' })] });
  const scope = {
    items: [{ json: { order: { id: 7, lines: [{ sku: 'a' }] } } }],
    itemIndex: 0,
    document,
    nodeId: 'me',
  };
  const labels = (text: string) =>
    completeExpression(text, text.length, scope)?.options.map(({ label }) => label) ?? null;

  it('offers nothing outside braces', () => {
    expect(labels('plain $json.')).toBeNull();
    expect(labels('{{ $json.order }} $json.')).toBeNull();
  });

  it('offers the fields of the input item', () => {
    expect(labels('{{ $json.')).toContain('order');
    expect(labels('a {{ $json.order.')).toEqual(expect.arrayContaining(['id', 'lines', 'keys()']));
    expect(labels('{{ $json.order.lines.')).toContain('map()');
    expect(labels('{{ $json.order.lines[0].')).toContain('sku');
  });

  it('offers the names of the other nodes', () => {
    expect(labels("{{ $('Fe")).toEqual(['Fetch order']);
    expect(labels('{{ $')).toContain("$('Fetch order')");
    expect(labels("{{ $('Fetch order').")).toContain('first()');
  });
});

describe('fixed values and expressions', () => {
  const number = { name: 'n', kind: 'number', default: 1 } as ParameterDescription;
  const text = { name: 't', kind: 'string', default: '' } as ParameterDescription;

  it('turn into each other without losing text or literals', () => {
    expect(toFixed(toExpression('hello'), text)).toBe('hello');
    expect(toFixed(toExpression(42), number)).toBe(42);
    expect(toFixed('={{ $json.n }}', number)).toBe(1);
  });

  it('take a dropped field at their end', () => {
    expect(withDropped('Hi ', '{{ $json.name }}')).toBe('=Hi {{ $json.name }}');
    expect(withDropped('=Hi ', '{{ $json.name }}')).toBe('=Hi {{ $json.name }}');
    expect(withDropped('Hi', 'plain')).toBeUndefined();
  });
});

describe('parameterFault', () => {
  const number = { name: 'n', kind: 'number', min: 1, max: 5, integer: true } as ParameterDescription;

  it('names what is wrong with a fixed value and trusts expressions', () => {
    expect(parameterFault({ name: 'u', kind: 'string', required: true }, '')).toEqual({ key: 'required' });
    expect(parameterFault({ name: 'u', kind: 'string', required: true }, '=')).toEqual({ key: 'required' });
    expect(parameterFault(number, 0)).toEqual({ key: 'tooSmall', facts: { min: 1 } });
    expect(parameterFault(number, 9)).toEqual({ key: 'tooLarge', facts: { max: 5 } });
    expect(parameterFault(number, 1.5)).toEqual({ key: 'notInteger' });
    expect(parameterFault(number, '={{ $json.n }}')).toBeNull();
    expect(parameterFault({ name: 'j', kind: 'json' }, '{oops')?.key).toBe('jsonInvalid');
  });
});

describe('cron', () => {
  it('reads the usual expressions', () => {
    expect(readCron('* * * * *')).toEqual({ key: 'everyMinute' });
    expect(readCron('*/15 * * * *')).toEqual({ key: 'everyMinutes', count: 15 });
    expect(readCron('5 9 * * *')).toEqual({ key: 'daily', time: '09:05' });
    expect(readCron('0 9 * * 1-5')).toEqual({ key: 'weekly', days: [1, 2, 3, 4, 5], time: '09:00' });
    expect(readCron('0 9 1 * *')).toEqual({ key: 'monthly', day: 1, time: '09:00' });
    expect(readCron('0 9 1 1 *')).toBeNull();
  });

  it('tells a cron expression from other text', () => {
    expect(isCron('0 0 9 * * MON-FRI')).toBe(true);
    expect(isCron('every day')).toBe(false);
    expect(isCron('* * *')).toBe(false);
    expect(isCron('59 23 31 12 7')).toBe(true);
    expect(isCron('*/90 * * * SUN#2')).toBe(true);
    for (const text of ['99 9 * * *', '0 24 * * *', '0 9 0 * *', '0 9 * 1-13 *', '0 9 * * 8', '60 0 9 * * *'])
      expect(isCron(text)).toBe(false);
  });
});

describe('inputSources', () => {
  const document = workflowOf(['a', 'b', 'c'], ['a>b', 'b:1>c']);

  it('names the direct input first and those further up after it', () => {
    expect(
      inputSources(document, new Map(), 'c').map(({ nodeId, port, direct }) => [nodeId, port, direct]),
    ).toEqual([
      ['b', 1, true],
      ['a', 0, false],
    ]);
  });

  it('follows what the last run read from', () => {
    const base = {
      nodeName: '',
      status: 'success' as const,
      startedAt: 0,
      durationMs: 0,
      attempt: 1,
      pinned: false,
      itemCounts: [],
    };
    const runs = new Map([
      ['c', [{ ...base, nodeId: 'c', runIndex: 0, sources: [{ nodeId: 'b', outputIndex: 1, runIndex: 4 }] }]],
    ]);
    expect(inputSources(document, runs, 'c')[0]).toMatchObject({ nodeId: 'b', runIndex: 4 });
  });
});
