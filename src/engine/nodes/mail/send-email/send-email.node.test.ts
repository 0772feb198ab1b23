import { describe, expect, it } from 'vitest';
import { parseParameters } from '../../../node-kit/parse-parameters.ts';
import { filesToSend } from './files-to-send.ts';
import { sendEmailParameters } from './send-email-parameters.ts';

// What talks to a server is tested against one: test/connectors/smtp.test.ts.
describe('filesToSend', () => {
  const file = (name: string) => ({ blobId: name, mimeType: 'text/plain', size: 1, sha256: name });
  const item = { json: {}, binary: { logo: file('logo'), a: file('a'), b: file('b') } };
  const settings = (change: Record<string, unknown>) =>
    parseParameters(sendEmailParameters, { from: 'a@b', to: 'c@d', subject: 's', ...change });
  const fieldsOf = (change: Record<string, unknown>) =>
    filesToSend(item, 0, settings(change)).map(({ field, contentId }) => [field, contentId]);

  it('takes the files named, each once, or all but those that the HTML shows', () => {
    const inlineImages = [{ field: 'logo', contentId: 'logo@mail' }];
    expect(fieldsOf({})).toEqual([]);
    expect(fieldsOf({ attachments: 'b, a,b' })).toEqual([
      ['b', undefined],
      ['a', undefined],
    ]);
    expect(fieldsOf({ attachments: '*', content: 'html', inlineImages })).toEqual([
      ['logo', 'logo@mail'],
      ['a', undefined],
      ['b', undefined],
    ]);
  });

  it('names the file that is missing, and those that are there', () => {
    expect(() => filesToSend(item, 2, settings({ attachments: 'toString' }))).toThrowError(
      expect.objectContaining({
        code: 'BINARY_MISSING',
        facts: { field: 'toString', itemIndex: 2, available: 'logo, a, b' },
      }) as Error,
    );
  });
});
