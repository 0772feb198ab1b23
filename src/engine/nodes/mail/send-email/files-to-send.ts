import type { Item } from '../../../../contract/index.ts';
import type { OutgoingFile } from '../../../connectors/mail/index.ts';
import { NodeError } from '../../../node-kit/index.ts';
import type { SendEmailSettings } from './send-email-parameters.ts';

/**
 * The files of an item that go with its mail: those named, separated by commas, or all with `*`, and the images that its
 * HTML shows. Throws BINARY_MISSING.
 */
export function filesToSend(
  item: Item,
  itemIndex: number,
  { attachments, inlineImages, content }: SendEmailSettings,
): OutgoingFile[] {
  const binary = item.binary ?? {};
  const fileIn = (field: string, contentId?: string): OutgoingFile => {
    const reference = Object.hasOwn(binary, field) ? binary[field] : undefined;
    const available = Object.keys(binary).join(', ');
    if (!reference) throw new NodeError('BINARY_MISSING', { field, itemIndex, available });
    return { field, reference, ...(contentId !== undefined && { contentId }) };
  };
  const inline = content === 'text' ? [] : inlineImages;
  const shown = inline.map(({ field, contentId }) => fileIn(field, contentId));
  const isShown = new Set(inline.map(({ field }) => field));
  const named = attachments
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean)
    .flatMap((name) => (name === '*' ? Object.keys(binary).filter((field) => !isShown.has(field)) : [name]));
  return [...shown, ...[...new Set(named)].map((field) => fileIn(field))];
}
