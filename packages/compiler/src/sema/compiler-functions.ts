/** Names of the functions and type-like words that the checker itself understands; `lookup` returns a `CompilerFunctionEntity` for
 *  them where no declaration hides them. Special rules live in check/. */
export const COMPILER_FUNCTIONS: ReadonlySet<string> = new Set([
  'type_of',
  '__type_of',
  'origin_of',
  '__origin_of',
  '__lifetime_of',
  'conforms_to',
  'materialize',
  'rebind',
  'rebind_var',
  'trait_downcast',
  'trait_downcast_var',
  'Some',
  'SomeTypeList',
  'TypeList',
  'ParameterList',
  'Origin',
  '__functions_in_module',
  '__call_location',
]);
