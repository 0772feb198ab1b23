import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { NodeTypeDescription, NodeTypeTexts } from '../../src/contract/index.ts';
import { describeParameters, type NodeDefinition } from '../../src/engine/node-kit/index.ts';
import { findTextGaps } from './find-text-gaps.ts';

export const ROOT = join(import.meta.dirname, '../..');
export const NODES = join(ROOT, 'src/engine/nodes');

export interface NodeFolder {
  /** Below `src/engine/nodes`, with slashes. */
  path: string;
  type: string;
  exportName: string;
  loop: boolean;
  hasUpgrades: boolean;
  /** Names of its `<name>.task.ts`, sorted. */
  tasks: string[];
  description: NodeTypeDescription;
}

/** Every folder that holds a `<type>.node.ts`. */
export function findNodeFolders(): string[] {
  return globSync('*/*/*.node.ts', { cwd: NODES })
    .map((file) => join(NODES, dirname(file)))
    .sort();
}

/** What a node folder declares, or what it lacks. */
export async function readNodeFolder(folder: string): Promise<NodeFolder | { problems: string[] }> {
  const type = basename(folder);
  const file = join(folder, `${type}.node.ts`);
  if (!existsSync(file)) return { problems: [`its definition must be in ${type}.node.ts`] };
  const module = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  const found = Object.entries(module).find(([, value]) => isDefinition(value, type));
  if (!found) return { problems: [`${type}.node.ts exports no node type called "${type}"`] };
  const [exportName, value] = found;
  const definition = value as NodeDefinition;

  const problems: string[] = [];
  const read = <T>(name: string, parse: (text: string) => T): T | undefined => {
    const path = join(folder, name);
    if (!existsSync(path)) {
      problems.push(`${name} is missing`);
      return undefined;
    }
    try {
      return parse(readFileSync(path, 'utf8'));
    } catch (error) {
      problems.push(`${name}: ${(error as Error).message}`);
      return undefined;
    }
  };
  const parseTexts = (text: string) => NodeTypeTexts.parse(JSON.parse(text));
  const en = read('locales/en.json', parseTexts);
  const zhCn = read('locales/zh-CN.json', parseTexts);
  const icon = read('icon.svg', parseIcon);
  if (!existsSync(join(folder, `${type}.node.test.ts`))) problems.push(`${type}.node.test.ts is missing`);
  if (!en || !zhCn || icon === undefined) return { problems };

  const description = NodeTypeDescription.parse({
    type,
    version: definition.version,
    group: definition.group,
    trigger: definition.trigger !== undefined,
    ...(definition.trigger?.kind === 'webhook' && { webhook: true }),
    ...(definition.trigger?.kind === 'schedule' && { schedule: true }),
    ...(definition.trigger?.kind === 'form' && { form: true }),
    ...(definition.trigger?.kind === 'listener' && { listener: true }),
    ...(definition.showsPages && { showsPages: true }),
    ...(definition.hidden && { hidden: true }),
    icon,
    inputs: definition.inputs,
    outputs: definition.outputs,
    parameters: describeParameters(definition.parameters),
    credentials: definition.credentials ?? [],
    aliases: definition.aliases ?? [],
    texts: { en, 'zh-CN': zhCn },
  });
  for (const locale of ['en', 'zh-CN'] as const) {
    for (const gap of findTextGaps(description, description.texts[locale]))
      problems.push(`locales/${locale}.json: ${gap}`);
  }
  if (problems.length > 0) return { problems };
  return {
    path: relative(NODES, folder).split(sep).join('/'),
    type,
    exportName,
    loop: definition.loop === true,
    hasUpgrades: existsSync(join(folder, 'upgrades.ts')),
    tasks: globSync('*.task.ts', { cwd: folder })
      .map((file) => basename(file, '.task.ts'))
      .sort(),
    description,
  };
}

function isDefinition(value: unknown, type: string): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    'parameters' in value &&
    'type' in value &&
    value.type === type
  );
}

/** Icons are drawn into the page, so nothing in them may run or load anything. */
function parseIcon(text: string): string {
  const svg = text.trim().replace(/>\s+</g, '><');
  if (!svg.startsWith('<svg') || !svg.includes('viewBox="0 0 24 24"'))
    throw new Error('must be an <svg viewBox="0 0 24 24">');
  if (/<script|<style|<foreignObject|<image|href|\son\w+=|url\(/i.test(svg))
    throw new Error('may hold shapes only');
  return svg;
}
