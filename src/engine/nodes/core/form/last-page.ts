import type { Item } from '../../../../contract/index.ts';
import { NodeError, type WebhookResponse } from '../../../node-kit/index.ts';

export interface LastPageSettings {
  answer: 'text' | 'redirect' | 'html' | 'binary';
  endTitle: string;
  endText: string;
  redirect: string;
  html: string;
  binaryField: string;
}

/** What the browser is shown at the end. Throws BINARY_MISSING. */
export function lastPage(settings: LastPageSettings, item: Item | undefined): WebhookResponse {
  switch (settings.answer) {
    case 'text':
      return page({ redirect: '', title: settings.endTitle, text: settings.endText });
    case 'redirect':
      return page({ redirect: settings.redirect, title: '', text: '' });
    case 'html':
      return {
        status: 200,
        headers: [{ name: 'content-type', value: 'text/html; charset=utf-8' }],
        body: { kind: 'text', text: settings.html },
      };
    case 'binary': {
      const reference = item?.binary?.[settings.binaryField];
      if (reference) return { status: 200, headers: [], body: { kind: 'binary', reference } };
      throw new NodeError('BINARY_MISSING', {
        itemIndex: 0,
        field: settings.binaryField,
        available: Object.keys(item?.binary ?? {}),
        parameter: 'binaryField',
      });
    }
  }
}

function page(answer: { redirect: string; title: string; text: string }): WebhookResponse {
  return { status: 200, headers: [], body: { kind: 'page', answer } };
}
