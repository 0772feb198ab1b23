import type { NodeMapping } from '../mapping.ts';

export const rssRead: NodeMapping = {
  from: ['rssFeedRead'],
  map({ parameters }) {
    const options = parameters.child('options');
    return {
      type: 'rss-read',
      parameters: {
        url: parameters.text('url'),
        customFields: options.names('customFields').map((name) => ({ name })),
        ignoreTlsErrors: options.flag('ignoreSSL'),
      },
    };
  },
};
