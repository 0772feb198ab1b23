import { validateHeaderName, validateHeaderValue } from 'node:http';
import type { Item } from '../../../../contract/index.ts';
import { NodeError, type WebhookResponse } from '../../../node-kit/index.ts';

export const ANSWERS = ['first-item', 'all-items', 'json', 'text', 'binary', 'redirect', 'none'] as const;

export interface ResponseSettings {
  answer: (typeof ANSWERS)[number];
  json: unknown;
  text: string;
  /** Empty for the only file there is. */
  binaryField: string;
  /** Puts the items under this key. */
  wrapIn: string;
  location: string;
  status: number;
  redirectStatus: number;
  headers: ReadonlyArray<{ name: string; value: string }>;
}

/** The answer these settings ask for. Throws BINARY_MISSING and PARAMETER_INVALID. */
export function buildResponse(settings: ResponseSettings, items: readonly Item[]): WebhookResponse {
  const { answer } = settings;
  const headers = settings.headers.map(checkedHeader);
  const status = answer === 'redirect' ? settings.redirectStatus : settings.status;
  const [first] = items;
  switch (answer) {
    case 'first-item':
      return { status, headers, body: { kind: 'json', value: wrapped(settings, first?.json ?? {}) } };
    case 'all-items':
      return {
        status,
        headers,
        body: {
          kind: 'json',
          value: wrapped(
            settings,
            items.map(({ json }) => json),
          ),
        },
      };
    case 'json':
      return { status, headers, body: { kind: 'json', value: settings.json } };
    case 'text':
      return { status, headers, body: { kind: 'text', text: settings.text } };
    case 'redirect':
      return {
        status,
        headers: [
          ...headers,
          checkedHeader({ name: 'Location', value: encodeURI(decodable(settings.location)) }, -1),
        ],
        body: { kind: 'none' },
      };
    case 'none':
      return { status, headers, body: { kind: 'none' } };
    case 'binary': {
      const files = first?.binary ?? {};
      const reference = settings.binaryField === '' ? Object.values(files)[0] : files[settings.binaryField];
      if (!reference) {
        const available = Object.keys(files);
        throw new NodeError('BINARY_MISSING', {
          itemIndex: 0,
          field: settings.binaryField,
          available,
          parameter: 'binaryField',
        });
      }
      return { status, headers, body: { kind: 'binary', reference } };
    }
  }
}

function wrapped({ wrapIn }: ResponseSettings, value: unknown): unknown {
  return wrapIn === '' ? value : { [wrapIn]: value };
}

/** What is already encoded must not be encoded again. */
function decodable(location: string): string {
  try {
    return decodeURI(location);
  } catch {
    return location;
  }
}

function checkedHeader(
  header: { name: string; value: string },
  index: number,
): { name: string; value: string } {
  const { name, value } = header;
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
  } catch (cause) {
    const parameter = index < 0 ? 'location' : `headers.${index}`;
    throw new NodeError(
      'PARAMETER_INVALID',
      { parameter, field: parameter, reason: `"${name}" cannot be sent as a header` },
      { cause },
    );
  }
  return { name, value };
}
