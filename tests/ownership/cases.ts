/** Many small functions in one program, so that the compiler is started once for all of them.
 *  In: the text of each case.  Out: the program, and which case a line of it belongs to. */
export interface Case {
  readonly number: number;
  /** Declares `case_NUMBER` and what it needs. */
  readonly text: string;
}

/** A program that runs the cases one after the other, and the case of each of its lines (from 1). `before`: what `main` does before each. */
export function programOfCases(
  prelude: string,
  cases: readonly Case[],
  before: (number: number) => string = () => '',
): { readonly text: string; readonly caseOfLine: Map<number, number> } {
  const caseOfLine = new Map<number, number>();
  let text = prelude;
  for (const { number, text: part } of cases) {
    const first = text.split('\n').length;
    text += part;
    for (let line = first; line < text.split('\n').length; line++) caseOfLine.set(line, number);
  }
  const calls = cases.map(({ number }) => `${before(number)}    case_${number}()\n`);
  return { text: `${text}def main() raises:\n${calls.join('') || '    pass\n'}`, caseOfLine };
}
