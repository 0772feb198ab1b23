import type { OpenApiSummary } from '../../../contract/index.ts';

/** The operations in which every word of a search is found: in method, path, summary or tags. */
export function searchOperations(operations: readonly OpenApiSummary[], search: string): OpenApiSummary[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return operations.filter(({ method, path, summary, tags }) => {
    const text = [method, path, summary, ...tags].join('\n').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
