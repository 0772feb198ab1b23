import {
  LOCALES,
  NODE_GROUPS,
  type Locale,
  type NodeGroup,
  type NodeTypeDescription,
} from '../../contract/index.ts';

export interface PaletteGroup {
  group: NodeGroup;
  types: NodeTypeDescription[];
}

/** The node types that fit a search in any language, best fit first; all of them, in no special order, without one. */
export function searchNodeTypes(
  types: readonly NodeTypeDescription[],
  search: string,
): NodeTypeDescription[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...types];
  return types
    .map((type) => ({ type, score: Math.min(...words.map((word) => scoreOf(type, word))) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ type }) => type);
}

function scoreOf(type: NodeTypeDescription, word: string): number {
  const names = [...LOCALES.map((locale) => type.texts[locale].name.toLowerCase()), type.type];
  if (names.some((name) => name === word)) return 6;
  if (names.some((name) => name.startsWith(word))) return 5;
  if (names.some((name) => name.split(/[\s-]+/).some((part) => part.startsWith(word)))) return 4;
  if (names.some((name) => name.includes(word))) return 3;
  if (type.aliases.some((alias) => alias.toLowerCase().includes(word))) return 2;
  return LOCALES.some((locale) => type.texts[locale].description.toLowerCase().includes(word)) ? 1 : 0;
}

/** Node types by group in the palette's order, each group sorted by name. */
export function groupNodeTypes(types: readonly NodeTypeDescription[], locale: Locale): PaletteGroup[] {
  const byGroup = Map.groupBy(types, (type) => type.group);
  return NODE_GROUPS.flatMap((group) => {
    const members = byGroup.get(group);
    if (!members) return [];
    const nameOf = (type: NodeTypeDescription) => type.texts[locale].name;
    return [{ group, types: members.sort((a, b) => nameOf(a).localeCompare(nameOf(b), locale)) }];
  });
}
