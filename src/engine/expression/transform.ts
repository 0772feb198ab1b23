import { EXTENSION_NAMES } from '../sandbox/index.ts';
import { childrenOf, memberName, type AnyNode } from './ast.ts';

const EXTENSIONS = new Set(EXTENSION_NAMES);

/** `x.sum()`, where `sum` may be one of the methods that expressions add. */
export function isExtensionCall(node: AnyNode): boolean {
  if (node.type !== 'CallExpression') return false;
  const callee = node.callee as AnyNode;
  if (callee.type !== 'MemberExpression' || (callee.object as AnyNode).type === 'Super') return false;
  const name = memberName(callee);
  return name !== undefined && EXTENSIONS.has(name);
}

/**
 * Writes an expression anew with its extension calls as calls of `$extend`. Optional chains around such a call become
 * conditions, because a chain does not reach through an argument: `a?.b.sum()` must still skip `sum`.
 */
export class Transformer {
  readonly #code: string;
  #temporaries = 0;

  constructor(code: string) {
    this.#code = code;
  }

  /** Variables that the written code needs declared. */
  get temporaries(): string[] {
    return Array.from({ length: this.#temporaries }, (_, index) => `$t${index}`);
  }

  write(node: AnyNode): string {
    if (node.type === 'ChainExpression' && hasExtensionCall(node.expression as AnyNode)) {
      return `(${this.#writeChain(node.expression as AnyNode)})`;
    }
    if (isExtensionCall(node)) return this.#writeExtension(node);
    return this.#copy(node, childrenOf(node));
  }

  /** The text of a node with its children written anew. */
  #copy(node: AnyNode, children: AnyNode[]): string {
    let text = '';
    let at = node.start;
    for (const child of children) {
      text += this.#code.slice(at, child.start) + this.write(child);
      at = child.end;
    }
    return text + this.#code.slice(at, node.end);
  }

  #writeExtension(node: AnyNode): string {
    const callee = node.callee as AnyNode;
    return `$extend(${this.write(callee.object as AnyNode)},${JSON.stringify(memberName(callee))},${this.#values(node)})`;
  }

  #values(call: AnyNode): string {
    return `[${(call.arguments as AnyNode[]).map((value) => this.write(value)).join(',')}]`;
  }

  /** A chain from its last link inwards; `wrap` puts what follows a link around it, inside the condition. */
  #writeChain(node: AnyNode, wrap: (inner: string) => string = (inner) => inner): string {
    if (node.type === 'MemberExpression') {
      const access = node.computed
        ? `[${this.write(node.property as AnyNode)}]`
        : `.${(node.property as AnyNode).name as string}`;
      return this.#link(node.object as AnyNode, Boolean(node.optional), (inner) => wrap(`${inner}${access}`));
    }
    if (node.type === 'CallExpression') {
      const callee = node.callee as AnyNode;
      if (isExtensionCall(node)) {
        const name = JSON.stringify(memberName(callee));
        return this.#link(callee.object as AnyNode, Boolean(callee.optional), (inner) =>
          wrap(`$extend(${inner},${name},${this.#values(node)})`),
        );
      }
      if (callee.type === 'MemberExpression') {
        const key = callee.computed
          ? this.write(callee.property as AnyNode)
          : JSON.stringify((callee.property as AnyNode).name);
        return this.#link(callee.object as AnyNode, Boolean(callee.optional), (inner) => {
          const receiver = this.#temporary();
          const values = this.#values(node);
          if (!node.optional) return wrap(`((${receiver}=${inner}),${receiver}[${key}](...${values}))`);
          const method = this.#temporary();
          return `(((${receiver}=${inner}),(${method}=${receiver}[${key}]))==null?void 0:${wrap(`${method}.call(${receiver},...${values})`)})`;
        });
      }
      return this.#link(callee, Boolean(node.optional), (inner) =>
        wrap(`${inner}(...${this.#values(node)})`),
      );
    }
    return wrap(this.write(node));
  }

  #link(object: AnyNode, isOptional: boolean, follow: (inner: string) => string): string {
    if (!isOptional) return this.#writeChain(object, follow);
    return this.#writeChain(object, (inner) => {
      const base = this.#temporary();
      return `((${base}=${inner})==null?void 0:${follow(base)})`;
    });
  }

  #temporary(): string {
    return `$t${this.#temporaries++}`;
  }
}

function hasExtensionCall(node: AnyNode): boolean {
  return isExtensionCall(node) || childrenOf(node).some(hasExtensionCall);
}
