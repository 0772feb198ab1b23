import { importN8n } from '../import-n8n.ts';

/** What one n8n node becomes, with the findings about it. For tests. */
export function mapped(type: string, typeVersion: number, parameters: Record<string, unknown>) {
  const node = { name: 'Node', type: `n8n-nodes-base.${type}`, typeVersion, parameters };
  const { document, report } = importN8n({ nodes: [node] });
  const [first] = document.nodes;
  const findings = report.nodes[0]?.findings.map(({ code, parameter }) => [code, parameter]) ?? [];
  return { type: first?.type, parameters: first?.parameters, findings };
}
