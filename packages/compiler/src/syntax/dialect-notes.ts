/** The notes about older spellings: one per construct and file, at its first use, with the edits for all its uses.
 *  In: a module with its marks.  Out: diagnostics of severity `note`; the driver decides what `--deny` makes of them. */

import type { Span } from '../base/span.ts';
import { makeSpan } from '../base/span.ts';
import {
  type Applicability,
  type Diagnostic,
  type DiagnosticFactory,
  defineNote,
  type Edit,
  type Fix,
  label,
} from '../diagnostics/diagnostic.ts';
import type { Block, DialectConstruct, DialectMark, Expr, Module } from './ast.ts';
import { firstMarks, NEVER_RAISING } from './edition.ts';
import { mixedEditions } from './errors.ts';
import { walkTree } from './walk.ts';

interface NoteArgs {
  readonly span: Span;
  readonly fixes: readonly Fix[];
}

interface Construct {
  readonly note: DiagnosticFactory<NoteArgs>;
  readonly title: string;
  readonly applicability: Applicability;
}

function construct(code: string, message: string, title: string, applicability: Applicability = 'safe'): Construct {
  const note = defineNote<NoteArgs>(code, 'syntax', (a) => ({ message, primary: label(a.span), fixes: a.fixes }));
  return { note, title, applicability };
}

/** By construct; `modern` marks have no note. Codes are never reused. */
export const CONSTRUCTS: Readonly<Record<Exclude<DialectConstruct, 'modern'>, Construct>> = {
  fn: construct('M1801', "'fn' is classic Mojo; write 'def'", "write 'def'"),
  let: construct('M1802', "'let' is classic Mojo; write 'var'", "write 'var'"),
  alias: construct('M1803', "'alias' is classic Mojo; write 'comptime'", "write 'comptime'"),
  inout: construct(
    'M1804',
    "'inout' is classic Mojo; write 'mut'",
    "write 'mut' ('out' for a self that is initialized)",
  ),
  borrowed: construct('M1805', "'borrowed' is classic Mojo; leave it out", "remove 'borrowed'"),
  owned: construct('M1806', "'owned' is classic Mojo; write 'var'", "write 'var' ('deinit' for a self that ends)"),
  read: construct('M1807', "'read' was removed; write 'imm'", "write 'imm'"),
  'value-decorator': construct(
    'M1808',
    "'@value' is classic Mojo; write '@fieldwise_init' and list the traits",
    "write '@fieldwise_init' and list the traits",
    'review',
  ),
  'register-passable-decorator': construct(
    'M1809',
    "'@register_passable' is classic Mojo; list the trait 'RegisterPassable' or 'TrivialRegisterPassable'",
    'list the trait',
    'review',
  ),
  'parameter-decorator': construct(
    'M1810',
    "'@parameter' is classic Mojo; write 'comptime if' or 'comptime for', or give the nested function a capture list",
    "write 'comptime'",
  ),
  'unroll-decorator': construct(
    'M1811',
    "'@unroll' is classic Mojo; write 'comptime for' where the bounds are constant",
    "write 'comptime for'",
    'review',
  ),
  copyinit: construct(
    'M1812',
    "'__copyinit__' is classic Mojo; write '__init__(out self, *, copy: Self)'",
    "write '__init__(out self, *, copy: Self)'",
    'review',
  ),
  moveinit: construct(
    'M1813',
    "'__moveinit__' is classic Mojo; write '__init__(out self, *, deinit move: Self)'",
    "write '__init__(out self, *, deinit move: Self)'",
    'review',
  ),
  takeinit: construct(
    'M1814',
    "'__takeinit__' was removed; write a move initializer",
    'write a move initializer',
    'review',
  ),
  del: construct('M1815', "'__del__' is an older name; write '__deinit__(deinit self)'", "write '__deinit__'"),
  'self-literal': construct(
    'M1816',
    "'Self {…}' is classic Mojo; call an initializer",
    'call the fieldwise initializer',
    'review',
  ),
  'dtype-pointer': construct(
    'M1817',
    "'DTypePointer' is classic Mojo; write 'UnsafePointer' with a scalar type",
    "write 'UnsafePointer' with a scalar type",
    'review',
  ),
  'dynamic-vector': construct('M1818', "'DynamicVector' is classic Mojo; write 'List'", "write 'List'", 'review'),
  'std-import': construct(
    'M1819',
    "importing the standard library without 'std.' is classic Mojo; write 'std.' in front",
    "write 'std.' in front",
  ),
  'fn-type': construct('M1820', "'fn' in a function type is classic Mojo; write 'def'", "write 'def'", 'review'),
  'fn-lambda': construct(
    'M1821',
    "'fn(a) => e' is not Mojo's own spelling; write 'lambda (a: T) -> R: e'",
    "write 'lambda'",
    'review',
  ),
  'function-argument': construct(
    'M1822',
    "'fn name(T) -> R' as an argument is not Mojo's own spelling; write 'name: def (T) -> R'",
    "write 'name: def (…)'",
    'review',
  ),
  capturing: construct('M1823', "'capturing' is an older spelling; give the closure a capture list", '', 'review'),
  escaping: construct('M1824', "'escaping' is an older spelling; give the closure a capture list", '', 'review'),
  'named-result': construct(
    'M1825',
    "'-> T as name' is an older spelling; write an argument 'out name: T'",
    "write an 'out' argument",
    'review',
  ),
  'loose-def': construct(
    'M1827',
    "a 'def' of classic Mojo may raise and owns the arguments it assigns; write 'raises' and 'var'",
    "write 'raises' and 'var'",
  ),
  'returned-self': construct(
    'M1828',
    "an '__init__' that returns Self is classic Mojo; write '__init__(out self, …)' and set the fields",
    "write 'out self'",
    'review',
  ),
  'removed-decorator': construct('M1826', 'this decorator was removed from Mojo', '', 'review'),
};

/** A note from a later stage, which knows types; the driver joins it with the others of its construct. */
export function typedNote(key: 'fn-lambda' | 'dtype-pointer', span: Span, edits: readonly Edit[]): Diagnostic {
  const { note, title, applicability } = CONSTRUCTS[key];
  return note({ span, fixes: [{ title, applicability, edits }] });
}

/** The functions of a classic file that may raise without saying so, and their arguments that are private copies. */
export function looseDefs(module: Module): Diagnostic[] {
  const edits: Edit[] = [];
  let first: Span | null = null;
  const insert = (at: number, text: string): void => {
    edits.push({ span: makeSpan(module.file, at, at), text });
  };
  walkTree(module, (node) => {
    if (node.kind !== 'FunctionDecl' || node.keyword !== 'def') return;
    const before = edits.length;
    if (!node.effects.raises && !NEVER_RAISING.has(node.name.name)) insert(node.args.end, ' raises');
    const assigned = assignedRoots(node.body);
    for (const argument of node.args.items) {
      if (argument.kind !== 'Argument' || argument.name === null || argument.convention !== null) continue;
      const { name } = argument.name;
      if (name !== 'self' && argument.variadic === 'none' && assigned.has(name)) insert(argument.start, 'var ');
    }
    if (edits.length > before) first ??= makeSpan(module.file, node.name.start, node.name.end);
  });
  const { note, title, applicability } = CONSTRUCTS['loose-def'];
  return first === null ? [] : [note({ span: first, fixes: [{ title, applicability, edits }] })];
}

/** The variables at the root of what a body assigns: `a`, `b` and `c` in `a.x[0] = 1`, `b, c = t`. */
function assignedRoots(body: Block): Set<string> {
  const names = new Set<string>();
  const add = (target: Expr): void => {
    let at = target;
    while (at.kind === 'MemberExpr' || at.kind === 'SubscriptExpr') at = at.base;
    if (at.kind === 'NameExpr') names.add(at.name);
    if (at.kind === 'TupleExpr') for (const element of at.elements) add(element);
  };
  walkTree(body, (node) => {
    if (node.kind === 'AssignStmt') for (const target of node.targets) if (target.kind !== 'DeclTarget') add(target);
    if (node.kind === 'AugAssignStmt') add(node.target);
  });
  return names;
}

/** One note per construct, and one if the file mixes editions, in source order. */
export function dialectNotes(module: Module): Diagnostic[] {
  const groups = new Map<Exclude<DialectConstruct, 'modern'>, DialectMark[]>();
  for (const mark of module.dialectMarks) {
    if (mark.construct === 'modern') continue;
    const group = groups.get(mark.construct);
    if (group === undefined) groups.set(mark.construct, [mark]);
    else group.push(mark);
  }
  const notes: Diagnostic[] = [];
  for (const [key, marks] of groups) {
    marks.sort((a, b) => a.start - b.start);
    const first = marks[0];
    if (first === undefined) continue;
    const { note, title, applicability } = CONSTRUCTS[key];
    const edits = editsOf(module, marks);
    const fixes: Fix[] = edits.length === 0 ? [] : [{ title, applicability, edits }];
    notes.push(note({ span: makeSpan(module.file, first.start, first.end), fixes }));
  }
  const { classic, modern } = firstMarks(module);
  if (classic !== null && modern !== null) {
    notes.push(
      mixedEditions({
        modern: modern.spelling,
        modernSpan: makeSpan(module.file, modern.start, modern.end),
        classic: classic.spelling,
        classicSpan: makeSpan(module.file, classic.start, classic.end),
      }),
    );
  }
  return notes.sort((a, b) => (a.primary?.span.start ?? 0) - (b.primary?.span.start ?? 0));
}

function editsOf(module: Module, marks: readonly DialectMark[]): Edit[] {
  const edits: Edit[] = [];
  for (const mark of marks) {
    for (const { start, end, text } of mark.edits) edits.push({ span: makeSpan(module.file, start, end), text });
  }
  return edits.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}
