import type { NodeMapping, SourceNode } from '../mapping.ts';
import { mapAggregate } from './aggregate.ts';
import { mapLimit } from './limit.ts';
import { mapRemoveDuplicates } from './remove-duplicates.ts';
import { mapSort } from './sort.ts';
import { mapSplitOut } from './split-out.ts';
import { mapSummarize } from './summarize.ts';

/** Each operation of Item Lists has a node of its own here, as n8n gave it one later. */
export const itemLists: NodeMapping = {
  from: ['itemLists'],
  map(source: SourceNode) {
    const { parameters } = source;
    parameters.ignore('resource');
    const operation = parameters.text('operation', 'splitOutItems');
    switch (operation) {
      case 'splitOutItems':
        return mapSplitOut(source);
      case 'aggregateItems':
      case 'concatenateItems':
        return mapAggregate(source);
      case 'removeDuplicates':
        return mapRemoveDuplicates(source);
      case 'sort':
        return mapSort(source);
      case 'limit':
        return mapLimit(source);
      case 'summarize':
        return mapSummarize(source);
      default:
        source.note('unsupported', 'NODE_VERSION_UNSUPPORTED', { type: 'itemLists', operation });
        return null;
    }
  },
};
