import type { IPublishPacket } from 'mqtt';
import { describe, expect, it } from 'vitest';
import { openListener } from '../../../node-kit/listen-harness.ts';
import { memoryBinaryStore } from '../../../node-kit/test-harness.ts';
import { messageItem } from './message-item.ts';
import { mqttTrigger } from './mqtt-trigger.node.ts';
import { sessionFor } from './session.ts';

// What talks to a server is tested against a real one: test/connectors/mqtt.test.ts.
describe('mqtt-trigger', () => {
  const server = { type: 'mqtt', data: { host: '127.0.0.1', port: '1', tls: 'off' } };

  it('wants a topic', async () => {
    await expect(openListener(mqttTrigger, { credentials: { server } })).rejects.toMatchObject({
      code: 'PARAMETER_REQUIRED',
      facts: { parameter: 'topics' },
    });
  });

  it('names the server that does not answer', async () => {
    const parameters = { topics: [{ topic: 'a' }] };
    await expect(openListener(mqttTrigger, { parameters, credentials: { server } })).rejects.toMatchObject({
      code: 'CONNECTION_REFUSED',
      facts: { at: '127.0.0.1:1' },
    });
  });

  it('tells what the message carries besides its content', async () => {
    const packet: IPublishPacket = {
      ...{ cmd: 'publish', topic: '家/灯', qos: 1, retain: true, dup: false, payload: '{"on":true}' },
      properties: { contentType: 'application/json', userProperties: { unit: '°C' } },
    };
    expect(await messageItem(packet, 'auto', memoryBinaryStore())).toEqual({
      json: {
        ...{ content: { on: true }, topic: '家/灯', qos: 1, retain: true, duplicate: false },
        ...{ contentType: 'application/json', userProperties: { unit: '°C' } },
      },
    });
  });

  it('has the same session after a restart, and another one for a test', () => {
    const place = { workflowId: 'w', node: { id: 'n' }, isTest: false };
    const first = sessionFor({ session: 'persistent', clientId: '' }, place);
    expect(first).toEqual(sessionFor({ session: 'persistent', clientId: '' }, place));
    expect(first.clientId).toMatch(/^[a-z0-9]{23}$/);
    expect(sessionFor({ session: 'persistent', clientId: 'own' }, place).clientId).toBe('own');
    expect(sessionFor({ session: 'persistent', clientId: 'own' }, { ...place, isTest: true })).toEqual({
      clean: true,
    });
  });
});
