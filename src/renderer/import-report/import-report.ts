import { shallowRef } from 'vue';
import type { ImportReport } from '../../contract/index.ts';

export interface ShownReport {
  /** Of the workflow that was imported. */
  name: string;
  report: ImportReport;
  /** Leads to one of its nodes, where they can be seen. */
  openNode?: (nodeId: string) => void;
}

export const shownReport = shallowRef<ShownReport | null>(null);

/** Shows what an import kept and lost, as a list to go through. */
export function showImportReport(shown: ShownReport): void {
  shownReport.value = shown;
}
