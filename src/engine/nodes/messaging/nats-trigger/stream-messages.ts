import type { JsMsg } from '@nats-io/jetstream';
import { readContent } from '../../../connectors/messages/index.ts';
import { fromHeaders } from '../../../connectors/nats/index.ts';
import type { NatsListenContext } from './nats-trigger-parameters.ts';

/** What could not start its workflow comes again after so long for each time it came, at most. */
const PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;

/** Takes messages of a stream, many at a time, and acknowledges each once it is stored. */
export class StreamMessages {
  readonly #context: NatsListenContext;
  readonly #underWay = new Set<Promise<void>>();

  constructor(context: NatsListenContext) {
    this.#context = context;
  }

  take(message: JsMsg): void {
    const taken = this.#take(message).finally(() => this.#underWay.delete(taken));
    this.#underWay.add(taken);
  }

  /** Resolves once nothing is under way any more. */
  async settle(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  async #take(message: JsMsg): Promise<void> {
    const { parameters, emit, binary, signal } = this.#context;
    const { stream, deliveryCount, streamSequence: sequence } = message.info;
    const about = {
      subject: message.subject,
      headers: fromHeaders(message.headers),
      stream,
      sequence,
      publishedAt: message.time.toISOString(),
      redelivered: deliveryCount > 1,
    };
    // The server is told that it is worked on, where that takes longer than the server waits.
    const stillWorking = setInterval(() => message.working(), parameters.ackWaitSeconds * 500);
    try {
      const item = await readContent(message.data, parameters.content, about, binary);
      // A stream that is made again counts from 1 again; the time tells its messages from the old ones.
      await emit([item], { once: `${stream}/${sequence}/${message.timestampNanos}` });
      message.ack();
    } catch (error) {
      // What was under way at the end goes to whoever comes next, at once.
      if (signal.aborted) message.nak();
      else this.#refuse(message, error);
    } finally {
      clearInterval(stillWorking);
    }
  }

  #refuse(message: JsMsg, error: unknown): void {
    const { parameters, logger } = this.#context;
    const { stream, streamSequence: sequence, deliveryCount } = message.info;
    logger.error({ err: error, stream, sequence }, 'A message of a NATS stream could not start its workflow');
    if (parameters.onRefused === 'discard') message.term();
    else message.nak(Math.min(deliveryCount * PAUSE_MS, LONGEST_PAUSE_MS));
  }
}
