import type { Node } from 'acorn';

/** A node of any type with its fields readable by name; acorn's own union needs a cast for each access. */
export type AnyNode = Node & Record<string, unknown>;

export const isNode = (value: unknown): value is AnyNode =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';

/** The nodes directly below, in the order of the text. */
export function childrenOf(node: AnyNode): AnyNode[] {
  const children: AnyNode[] = [];
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) children.push(...(value as unknown[]).filter(isNode));
    else if (isNode(value)) children.push(value);
  }
  // `{ a }` holds its identifier twice, as key and as value.
  return children
    .filter(
      (child, index) =>
        children.findIndex((other) => other.start === child.start && other.end === child.end) === index,
    )
    .sort((a, b) => a.start - b.start);
}

/** The name in `x.name` and `x["name"]`; undefined where it is computed. */
export function memberName(node: AnyNode): string | undefined {
  const property = node.property as AnyNode;
  if (!node.computed) return property.type === 'Identifier' ? (property.name as string) : undefined;
  if (property.type !== 'Literal') return undefined;
  return typeof property.value === 'string' || typeof property.value === 'number'
    ? String(property.value)
    : undefined;
}
