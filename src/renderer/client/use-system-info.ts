import { useQuery } from '@pinia/colada';
import { client } from './client.ts';

/** What the engine says of itself; asked once, however many parts of the page want it. */
export function useSystemInfo() {
  return useQuery({ key: ['system'], query: () => client.system.info() });
}
