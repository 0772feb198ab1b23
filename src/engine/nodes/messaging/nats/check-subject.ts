import { NodeError } from '../../../node-kit/index.ts';

/** Throws PARAMETER_INVALID for what no message can be published to. */
export function checkSubject(subject: string, where: { node: string; itemIndex: number }): void {
  const parts = subject.split('.');
  const reason = /[\s\p{Cc}]/u.test(subject)
    ? 'it holds spaces or control characters'
    : parts.includes('')
      ? 'a part between its dots is empty'
      : parts.includes('*') || parts.includes('>')
        ? 'messages are published to one subject, without the wildcards * and >'
        : null;
  if (reason !== null)
    throw new NodeError('PARAMETER_INVALID', { ...where, field: 'subject', parameter: 'subject', reason });
}
