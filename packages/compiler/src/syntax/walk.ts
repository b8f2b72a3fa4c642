/** Generic traversal of the tree: children in source order of their fields. For passes that care about few kinds. */
import type { Node } from './ast.ts';

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'kind' in value && 'id' in value;
}

/** Calls `visit` for each direct child. */
export function forEachChild(node: Node, visit: (child: Node) => void): void {
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) {
      for (const item of value) if (isNode(item)) visit(item);
    } else if (isNode(value)) visit(value);
  }
}

/** Visits `root` and everything under it, parents first. Uses no stack frames per level. */
export function walkTree(root: Node, visit: (node: Node) => void): void {
  const pending: Node[] = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    visit(node);
    const from = pending.length;
    forEachChild(node, (child) => pending.push(child));
    // Popped from the end: turn the children round to keep source order.
    for (let i = from, j = pending.length - 1; i < j; i++, j--) {
      const left = pending[i];
      const right = pending[j];
      if (left !== undefined && right !== undefined) {
        pending[i] = right;
        pending[j] = left;
      }
    }
  }
}
