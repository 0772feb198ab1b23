import {
  describeImport,
  type ImportCode,
  type ImportFinding,
  type ImportReport,
  type Locale,
} from '../../contract/index.ts';

/** The report in the reader's language; an import itself knows no reader. */
export function localizeReport(report: ImportReport, locale: Locale): ImportReport {
  const localize = (findings: readonly ImportFinding[]) =>
    findings.map((finding) => ({
      ...finding,
      message: describeImport(finding.code as ImportCode, finding.details, locale),
    }));
  return {
    ...report,
    nodes: report.nodes.map((node) => ({ ...node, findings: localize(node.findings) })),
    findings: localize(report.findings),
  };
}
