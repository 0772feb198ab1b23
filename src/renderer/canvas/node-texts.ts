import type {
  Locale,
  NodeTypeDescription,
  ParameterDescription,
  ResolvedPort,
  WorkflowNode,
} from '../../contract/index.ts';
import { withDefaults } from '../editor/document/node-ports.ts';

/** An `<img>` source for a node type's icon. As an image, an SVG runs no scripts and loads nothing. */
export function iconUrl(svg: string): string {
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
}

const SUBTITLE_PARAMETERS = ['operation', 'method', 'mode', 'path', 'url'];

/** The line beneath a node's name: its choice of operation, else its type where the name does not say it. */
export function nodeSubtitle(
  node: WorkflowNode,
  type: NodeTypeDescription | undefined,
  locale: Locale,
): string {
  if (!type) return node.type;
  const parameters = withDefaults(type.parameters, node.parameters);
  const parts = SUBTITLE_PARAMETERS.flatMap((name) => {
    const description = type.parameters.find((one) => one.name === name);
    const text = description ? valueText(description, parameters[name], type, locale) : '';
    return text ? [text] : [];
  });
  if (parts.length > 0) return parts.slice(0, 2).join(' · ');
  const typeName = type.texts[locale].name;
  return node.name.startsWith(typeName) ? '' : typeName;
}

function valueText(
  description: ParameterDescription,
  value: unknown,
  type: NodeTypeDescription,
  locale: Locale,
): string {
  if (typeof value !== 'string' && typeof value !== 'number') return '';
  const text = String(value);
  if (text.startsWith('=')) return text.slice(1);
  return type.texts[locale].parameters?.[description.name]?.options?.[text] ?? text;
}

/** What users read at a port; empty for the only port of a side. */
export function portLabel(
  port: ResolvedPort,
  type: NodeTypeDescription | undefined,
  locale: Locale,
  errorText: string,
): string {
  if (port.label) return port.label;
  if (port.name === 'error') return type?.texts[locale].ports?.error ?? errorText;
  const text = type?.texts[locale].ports?.[port.name];
  const repeated = type?.outputs.some((one) => one.repeat && one.name === port.name);
  return repeated ? `${text ?? ''} ${port.index + 1}`.trim() : (text ?? port.name);
}
