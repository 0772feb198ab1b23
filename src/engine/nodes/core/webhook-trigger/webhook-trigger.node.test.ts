import { describe, expect, it } from 'vitest';
import { resolvePorts } from '../../../../contract/index.ts';
import { parseParameters } from '../../../node-kit/index.ts';
import { webhookTrigger } from './webhook-trigger.node.ts';

function declare(values: Record<string, unknown>) {
  if (webhookTrigger.trigger?.kind !== 'webhook') throw new Error('not a webhook');
  return webhookTrigger.trigger.webhook(parseParameters(webhookTrigger.parameters, values));
}

const NO_OPTIONS = {
  outputPerMethod: false,
  binaryField: '',
  responseField: '',
  responseText: '',
  allowedOrigins: '',
  ipAllowList: '',
  ignoreBots: false,
};

describe('webhook-trigger', () => {
  it('declares what its parameters say', () => {
    expect(
      declare({
        path: 'orders/:id',
        methods: ['GET', 'PUT'],
        respond: 'at-end',
        responseData: 'all-items',
        responseStatus: 201,
        responseHeaders: [{ name: 'X-A', value: '1' }],
        authentication: 'bearer',
      }),
    ).toEqual({
      ...NO_OPTIONS,
      path: 'orders/:id',
      methods: ['GET', 'PUT'],
      authentication: 'bearer',
      respond: 'at-end',
      responseData: 'all-items',
      responseStatus: 201,
      responseHeaders: [{ name: 'X-A', value: '1' }],
      rawBody: false,
    });
  });

  it('answers at once with 200 unless told otherwise', () => {
    expect(declare({ path: 'a' })).toMatchObject({
      methods: ['POST'],
      authentication: 'none',
      respond: 'immediately',
      responseStatus: 200,
      rawBody: false,
    });
  });

  it('has an output for each method where that is wanted', () => {
    const parameters = { path: 'a', methods: ['GET', 'PUT'], outputPerMethod: true };
    expect(resolvePorts(webhookTrigger.outputs, parameters).map(({ label }) => label)).toEqual([
      'GET',
      'PUT',
    ]);
    expect(resolvePorts(webhookTrigger.outputs, { ...parameters, outputPerMethod: false })).toHaveLength(1);
  });

  it('needs a path', () => {
    expect(() => declare({})).toThrow(expect.objectContaining({ code: 'PARAMETER_REQUIRED' }));
  });
});
