export { default as ImportReportHost } from './ImportReportHost.vue';
export { showImportReport } from './import-report.ts';
