import { param, type ListenContext } from '../../../node-kit/index.ts';

const FROM_SUBJECT = { source: ['subject'] };
const FROM_STREAM = { source: ['stream'] };

export const natsTriggerParameters = {
  source: param.select({ options: ['subject', 'stream'], default: 'subject' }),
  subject: param.string({ required: true, placeholder: 'orders.*', visibleWhen: FROM_SUBJECT }),
  queueGroup: param.string({ visibleWhen: FROM_SUBJECT }),
  stream: param.string({ required: true, visibleWhen: FROM_STREAM }),
  filter: param.string({ placeholder: 'orders.*', visibleWhen: FROM_STREAM }),
  consumer: param.string({ visibleWhen: FROM_STREAM }),
  start: param.select({ options: ['new', 'beginning'], default: 'new', visibleWhen: FROM_STREAM }),
  inFlight: param.number({ default: 50, min: 1, max: 10_000, integer: true, visibleWhen: FROM_STREAM }),
  ackWaitSeconds: param.number({ default: 30, min: 1, max: 86_400, visibleWhen: FROM_STREAM }),
  mostDeliveries: param.number({ default: 0, min: 0, integer: true, visibleWhen: FROM_STREAM }),
  content: param.select({ options: ['auto', 'text', 'binary'], default: 'auto' }),
  onRefused: param.select({
    options: ['redeliver', 'discard'],
    default: 'redeliver',
    visibleWhen: FROM_STREAM,
  }),
};

export type NatsListenContext = ListenContext<typeof natsTriggerParameters>;
