import type { ImportedNode, WorkflowNode } from '../../../../contract/index.ts';
import { expressionNotes } from './expression-notes.ts';
import { chooseOption, type MappedNode, type SourceNode } from './mapping.ts';
import { mappingFor } from './mappings/index.ts';
import { nodeSettings } from './node-settings.ts';
import { ParameterSource } from './parameter-source.ts';
import { placeholderFor, type UsedPorts } from './placeholder.ts';
import { Findings } from './report-builder.ts';
import type { N8nNode } from './source-document.ts';

export const BASE_PACKAGE = 'n8n-nodes-base.';
/** As much of a value as a report shows. */
const SHOWN_CHARACTERS = 80;

/** One node in our shape, with what was lost on the way. */
export function importNode(
  source: N8nNode,
  { id, name, ports }: { id: string; name: string; ports: UsedPorts },
): { node: WorkflowNode; mapped: MappedNode; report: ImportedNode } {
  const findings = new Findings();
  const type = source.type.startsWith(BASE_PACKAGE) ? source.type.slice(BASE_PACKAGE.length) : source.type;
  const parameters = new ParameterSource(source.parameters);
  const found =
    mappingFor(type)?.map(sourceNode({ source, name, type, parameters, ports, findings })) ?? null;
  if (!found && findings.list.length === 0)
    findings.add('unsupported', 'NODE_UNSUPPORTED', { type: source.type });
  const mapped = found ?? placeholderFor(source, ports);
  if (found) {
    for (const { path, value } of parameters.untaken())
      findings.add('unsupported', 'PARAMETER_UNSUPPORTED', { parameter: path, value: show(value) });
    for (const { code, facts } of expressionNotes(source.parameters))
      findings.add('approximated', code, facts);
  }
  const credentials = credentialReferences(source, found, findings);
  const node: WorkflowNode = {
    id,
    name,
    type: mapped.type,
    typeVersion: mapped.typeVersion ?? 1,
    position: source.position,
    parameters: mapped.parameters,
    ...(credentials && { credentials }),
    ...nodeSettings(source),
    ...(mapped.alwaysOutput !== undefined && { alwaysOutput: mapped.alwaysOutput }),
    ...(mapped.executeOnce !== undefined && { executeOnce: mapped.executeOnce }),
  };
  return {
    node,
    mapped,
    report: {
      nodeId: id,
      nodeName: name,
      sourceType: source.type,
      type: mapped.type,
      outcome: found ? findings.outcome : 'unsupported',
      findings: findings.list,
    },
  };
}

function sourceNode(about: {
  source: N8nNode;
  name: string;
  type: string;
  parameters: ParameterSource;
  ports: UsedPorts;
  findings: Findings;
}): SourceNode {
  const { source, name, type, parameters, ports, findings } = about;
  return {
    name,
    type,
    version: source.typeVersion,
    parameters,
    webhookId: source.webhookId,
    connectedOutputs: ports.outputs.main ?? 0,
    connectedInputs: ports.inputs.main ?? 0,
    note: (kind, code, facts) => findings.add(kind, code, facts),
    choose(parameter, options, fallback, from = parameters) {
      const { choice, rejected } = chooseOption(from, parameter, options, fallback);
      if (rejected !== undefined)
        findings.add('approximated', 'OPTION_UNSUPPORTED', {
          parameter,
          value: show(rejected),
          used: fallback,
        });
      return choice;
    },
  };
}

/**
 * Secrets are not part of an export: the slot names the credential to create, which validation reports until one is
 * chosen.
 */
function credentialReferences(
  source: N8nNode,
  mapped: MappedNode | null,
  findings: Findings,
): Record<string, string> | undefined {
  if (!mapped) return undefined;
  const slots = Object.entries(mapped.credentials ?? {});
  const chosen: Record<string, string> = {};
  for (const [type, { name }] of Object.entries(source.credentials ?? {})) {
    const slot = slots.find(([, wanted]) => wanted === type)?.[0];
    if (slot === undefined) {
      findings.add('to-do', 'CREDENTIAL_TYPE_UNSUPPORTED', { name, type });
      continue;
    }
    chosen[slot] = `n8n:${name}`;
    findings.add('to-do', 'CREDENTIAL_TO_CHOOSE', { name, type });
  }
  return Object.keys(chosen).length > 0 ? chosen : undefined;
}

function show(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}
