/** Division of 128-bit integers for targets that link no compiler library. LLVM turns such a division into a call by a fixed name
 *  (`__udivti3` and its kin), whatever IR it started from, so a module that divides that wide defines these names itself.
 *  Algorithm: restoring division, one bit a round (Knuth, The Art of Computer Programming 2, 4.3.1, in radix 2). */

const DIVISION = /\b[us](?:div|rem) i(?:1[2-9]\d|2\d\d)\b/;

export function dividesWide(ir: readonly string[]): boolean {
  return ir.some((text) => DIVISION.test(text));
}

/** Definitions that the optimizer must keep, since calls of them appear only in code generation. */
export function wideDivisionFunctions(): string {
  const unsigned = (name: string, result: 'q' | 'r'): string => `
define hidden i128 @${name}(i128 %a, i128 %b) nounwind noinline {
entry:
  br label %round
round:
  %n = phi i128 [ 127, %entry ], [ %next, %round ]
  %q = phi i128 [ 0, %entry ], [ %q2, %round ]
  %r = phi i128 [ 0, %entry ], [ %r2, %round ]
  %shifted = shl i128 %r, 1
  %rest = lshr i128 %a, %n
  %bit = and i128 %rest, 1
  %r1 = or i128 %shifted, %bit
  %fits = icmp uge i128 %r1, %b
  %less = sub i128 %r1, %b
  %r2 = select i1 %fits, i128 %less, i128 %r1
  %doubled = shl i128 %q, 1
  %one = zext i1 %fits to i128
  %q2 = or i128 %doubled, %one
  %next = add i128 %n, -1
  %done = icmp eq i128 %n, 0
  br i1 %done, label %end, label %round
end:
  ret i128 %${result}2
}
`;
  const signed = (name: string, callee: string, sign: string): string => `
define hidden i128 @${name}(i128 %a, i128 %b) nounwind noinline {
  %as = ashr i128 %a, 127
  %bs = ashr i128 %b, 127
  %ax = xor i128 %a, %as
  %am = sub i128 %ax, %as
  %bx = xor i128 %b, %bs
  %bm = sub i128 %bx, %bs
  %m = call i128 @${callee}(i128 %am, i128 %bm)
  %s = ${sign}
  %mx = xor i128 %m, %s
  %result = sub i128 %mx, %s
  ret i128 %result
}
`;
  return [
    unsigned('__udivti3', 'q'),
    unsigned('__umodti3', 'r'),
    signed('__divti3', '__udivti3', 'xor i128 %as, %bs'),
    signed('__modti3', '__umodti3', 'or i128 %as, 0'),
    '\n@llvm.compiler.used = appending global [4 x ptr] [ptr @__udivti3, ptr @__umodti3, ptr @__divti3, ptr @__modti3], section "llvm.metadata"\n',
  ].join('');
}
