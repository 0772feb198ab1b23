import type { ImportReport } from '../../contract/index.ts';
import type { Output } from './output.ts';

/** A line on how many nodes were taken over, then one per finding with its node and parameter. */
export function describeReport({ nodes, findings }: ImportReport, output: Output): string[] {
  const count = (outcome: string) => nodes.filter((node) => node.outcome === outcome).length;
  const lines = [
    output.text(
      `  n8n: ${nodes.length} nodes, ${count('mapped')} as they were, ${count('approximated')} approximated, ${count('unsupported')} as placeholders`,
      `  n8n：共 ${nodes.length} 个节点，${count('mapped')} 个完整转换，${count('approximated')} 个近似转换，${count('unsupported')} 个作为占位节点保留`,
    ),
  ];
  const add = (where: string, list: ImportReport['findings']) => {
    for (const { parameter, message } of list)
      lines.push(`  - ${where}${parameter === undefined ? '' : ` · ${parameter}`}: ${message}`);
  };
  add(output.text('Workflow', '工作流'), findings);
  for (const node of nodes) add(node.nodeName, node.findings);
  return lines;
}
