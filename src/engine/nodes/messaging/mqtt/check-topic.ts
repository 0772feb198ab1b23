import { NodeError } from '../../../node-kit/index.ts';

/** Throws PARAMETER_INVALID for what servers end the connection for, with everything else that is under way on it. */
export function checkTopic(topic: string, where: { node: string; itemIndex: number }): void {
  const reason = /[+#]/.test(topic)
    ? 'messages are published to one topic, without the wildcards + and #'
    : topic.includes('\0')
      ? 'it holds a null character'
      : Buffer.byteLength(topic) > 65_535
        ? 'it is longer than 65,535 bytes'
        : null;
  if (reason !== null)
    throw new NodeError('PARAMETER_INVALID', { ...where, field: 'topic', parameter: 'topic', reason });
}
