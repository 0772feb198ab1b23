import type { MqttClient } from '../../../connectors/mqtt/index.ts';
import { NodeError, type ListenContext } from '../../../node-kit/index.ts';

const KEPT = 'topics';

/**
 * Subscribes. A session that lasts holds what was subscribed before, so that with `kept` topics that were taken off the
 * list are unsubscribed. Throws SERVICE_REFUSED where the server does not grant a topic.
 */
export async function subscribeTo(
  client: MqttClient,
  topics: readonly string[],
  qos: '0' | '1' | '2',
  kept: ListenContext['kept'] | null,
): Promise<void> {
  const before = ((await kept?.get(KEPT)) ?? []) as string[];
  const gone = before.filter((topic) => !topics.includes(topic));
  // Kept first: what is subscribed and not known could not be taken back.
  await kept?.set(KEPT, [...topics, ...gone]);
  const granted = await client.subscribeAsync([...topics], { qos: Number(qos) as 0 | 1 | 2 });
  const refused = granted.filter((grant) => grant.qos >= 128).map(({ topic }) => topic);
  if (refused.length > 0) {
    const reason = `it does not let us subscribe to ${refused.join(', ')}`;
    throw new NodeError('SERVICE_REFUSED', { service: 'MQTT', reason });
  }
  if (gone.length === 0) return;
  await client.unsubscribeAsync(gone);
  await kept?.set(KEPT, [...topics]);
}
