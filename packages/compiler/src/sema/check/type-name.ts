/** How diagnostics of sema show types: the names that every stage uses. */
export { namedFunctionType, typeName } from '../../terms/type-name.ts';
