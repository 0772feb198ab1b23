import { createHash } from 'node:crypto';
import {
  AckPolicy,
  DeliverPolicy,
  JetStreamApiCodes,
  JetStreamApiError,
  jetstreamManager,
} from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import type { NatsConnection } from '../../../connectors/nats/index.ts';
import type { NatsListenContext } from './nats-trigger-parameters.ts';

/**
 * Makes the durable consumer, or changes what may be changed of the one there is. Gives its name. Throws what the server
 * refuses, such as a stream that is not there.
 */
export async function ensureConsumer(
  connection: NatsConnection,
  { parameters, workflowId, node }: NatsListenContext,
): Promise<string> {
  const { stream, filter, inFlight, ackWaitSeconds, mostDeliveries, start } = parameters;
  // The same after a restart, so that it goes on where it was.
  const name = parameters.consumer || ownName(`${workflowId}/${node.id}`);
  const { consumers } = await jetstreamManager(connection);
  const changeable = {
    ...{ filter_subject: filter || undefined },
    ack_wait: nanos(ackWaitSeconds * 1000),
    max_ack_pending: inFlight,
    max_deliver: mostDeliveries || -1,
  };
  try {
    await consumers.update(stream, name, changeable);
  } catch (error) {
    if (!(error instanceof JetStreamApiError) || error.code !== JetStreamApiCodes.ConsumerNotFound)
      throw error;
    await consumers.add(stream, {
      ...changeable,
      durable_name: name,
      ack_policy: AckPolicy.Explicit,
      deliver_policy: start === 'new' ? DeliverPolicy.New : DeliverPolicy.All,
    });
  }
  return name;
}

function ownName(seed: string): string {
  return `guixuflow-${createHash('sha256').update(seed).digest('hex').slice(0, 16)}`;
}
