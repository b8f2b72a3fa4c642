/** The spelling of exported types in the Mojo code that is written over a module, which imports it as `user`. */
import { unreachable } from '../base/invariant.ts';
import type { ElementName, InteropType } from './interface.ts';

export function scalarType(element: ElementName): string {
  return `Scalar[DType.${element}]`;
}

export function mojoType(type: InteropType): string {
  switch (type.kind) {
    case 'none':
      return 'None';
    case 'bool':
      return 'Bool';
    case 'integer':
    case 'wide':
    case 'float':
      return type.name;
    case 'string':
      return type.view ? 'StringSpan[ImmUntrackedOrigin]' : 'String';
    case 'span':
      return `Span[${scalarType(type.element)}, ${type.mutable ? 'MutUntrackedOrigin' : 'ImmUntrackedOrigin'}]`;
    case 'list':
      return `List[${scalarType(type.element)}]`;
    case 'sequence':
      return `List[${mojoType(type.element)}]`;
    case 'optional':
      return `Optional[${mojoType(type.value)}]`;
    case 'tuple':
      return `Tuple[${type.elements.map(mojoType).join(', ')}]`;
    case 'record':
    case 'object':
      return `user.${type.name}`;
    case 'function':
      return `def(${type.args.map(mojoType).join(', ')})${type.raises ? ' raises' : ''} -> ${mojoType(type.result)}`;
    default:
      return unreachable(type);
  }
}
