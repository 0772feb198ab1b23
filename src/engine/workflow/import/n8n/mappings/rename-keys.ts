import type { NodeMapping } from '../mapping.ts';

export const renameKeys: NodeMapping = {
  from: ['renameKeys'],
  map({ parameters }) {
    const fields = parameters
      .rows('keys', 'key')
      .map((row) => ({ from: row.text('currentKey'), to: row.text('newKey') }));
    const patterns = parameters
      .child('additionalOptions')
      .rows('regexReplacement', 'replacements')
      .map((row) => {
        const options = row.child('options');
        return {
          pattern: row.text('searchRegex'),
          replacement: row.text('replaceRegex'),
          ignoreCase: options.flag('caseInsensitive'),
          depth: options.number('depth', -1),
        };
      });
    return { type: 'rename-keys', parameters: { fields, patterns } };
  },
};
