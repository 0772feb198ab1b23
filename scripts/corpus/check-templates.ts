import { importN8n } from '../../src/engine/workflow/import/n8n/import-n8n.ts';
import type { Template } from './cases.ts';

export interface TemplateFigures {
  templates: number;
  crashed: Array<{ id: string; reason: string }>;
  nodes: number;
  mapped: number;
  /** The same without AI and app nodes. */
  coreNodes: number;
  coreMapped: number;
  /** Placeholders by original type, most frequent first. */
  missing: Array<[string, number]>;
  /** Findings by node type and parameter, most frequent first. */
  findings: Array<[string, number]>;
}

/** How much of real-world workflows is taken over. `isOutside` names the AI and app nodes. */
export function checkTemplates(
  templates: readonly Template[],
  isOutside: (type: string) => boolean,
): TemplateFigures {
  const figures: TemplateFigures = {
    ...{ templates: templates.length, crashed: [], missing: [], findings: [] },
    ...{ nodes: 0, mapped: 0, coreNodes: 0, coreMapped: 0 },
  };
  const missing = new Map<string, number>();
  const findings = new Map<string, number>();
  const count = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1);
  for (const { id, workflow } of templates) {
    try {
      for (const node of importN8n(workflow).report.nodes) {
        const isMapped = node.outcome !== 'unsupported';
        const isCore = !isOutside(node.sourceType);
        figures.nodes++;
        figures.mapped += Number(isMapped);
        figures.coreNodes += Number(isCore);
        figures.coreMapped += Number(isCore && isMapped);
        if (!isMapped) count(missing, node.sourceType);
        for (const { kind, code, parameter = '' } of node.findings)
          if (isMapped && kind !== 'to-do') count(findings, `${node.sourceType} ${code} ${parameter}`.trim());
      }
    } catch (error) {
      figures.crashed.push({ id, reason: String(error) });
    }
  }
  const sorted = (map: Map<string, number>) => [...map].sort((a, b) => b[1] - a[1]);
  return { ...figures, missing: sorted(missing), findings: sorted(findings) };
}
