/** What generic code costs: nothing. A reduction over packs of 2, 3 and 7 tensors is three straight lines of code, and a chain of five
 *  generic calls is the loop that one writes by hand. */
import assert from 'node:assert/strict';
import * as path from 'node:path';
import { after, before, test } from 'node:test';
import { libLlvmInstalled } from '../../packages/backend-native/src/libllvm.ts';
import { makeWorkplace, ROOT, type Workplace } from '../cli/kiln.ts';

const native = process.platform === 'linux' && process.arch === 'x64' && libLlvmInstalled();

const CHAIN = `
trait Op:
    @staticmethod
    def apply[dt: DType](a: Scalar[dt], b: Scalar[dt]) -> Scalar[dt]: ...

struct MulAdd(Op):
    @staticmethod
    def apply[dt: DType](a: Scalar[dt], b: Scalar[dt]) -> Scalar[dt]:
        return a * b + a

def level5[O: Op, dt: DType](a: Scalar[dt], b: Scalar[dt]) -> Scalar[dt]:
    return O.apply(a, b)

def level4[O: Op, dt: DType](a: Scalar[dt], b: Scalar[dt]) -> Scalar[dt]:
    return level5[O](a, b)

def level3[O: Op, dt: DType](a: Scalar[dt], b: Scalar[dt]) -> Scalar[dt]:
    return level4[O](a, b)

def level2[O: Op, dt: DType](a: Scalar[dt], b: Scalar[dt]) -> Scalar[dt]:
    return level3[O](a, b)

def level1[O: Op, dt: DType](a: Scalar[dt], b: Scalar[dt]) -> Scalar[dt]:
    return level2[O](a, b)

@no_inline
def generic_loop(mut out_values: List[Int32], a: List[Int32], b: List[Int32]):
    for i in range(len(a)):
        out_values.unsafe_get(i) = level1[MulAdd](a.unsafe_get(i), b.unsafe_get(i))

@no_inline
def written_loop(mut out_values: List[Int32], a: List[Int32], b: List[Int32]):
    for i in range(len(a)):
        out_values.unsafe_get(i) = a.unsafe_get(i) * b.unsafe_get(i) + a.unsafe_get(i)

def main():
    var a: List[Int32] = [1, 2, 3]
    var b: List[Int32] = [4, 5, 6]
    var c: List[Int32] = [0, 0, 0]
    generic_loop(c, a, b)
    var d = c.copy()
    written_loop(d, a, b)
    print(c, d)
`;

let place: Workplace;
before(() => {
  place = makeWorkplace();
});
after(() => place.remove());

function emit(stage: 'llvm' | 'llvm-opt', file: string): string {
  const result = place.kiln(['build', '--emit', stage, '--target-cpu', 'x86-64-v3', file]);
  assert.equal(result.status, 0, result.stderr);
  return result.stdout;
}

/** The bodies of all instances of a function. */
function instancesOf(ir: string, name: string): string[] {
  return [...ir.matchAll(new RegExp(`^define [^\\n]*@_K[\\w.$]*\\b${name}_[0-9a-f]{16}\\([\\s\\S]*?^\\}`, 'gm'))].map(
    (match) => match[0],
  );
}

/** Labels that some branch reaches from their own block or a later one: a loop. */
function backEdges(body: string): string[] {
  const seen: string[] = ['entry'];
  const found: string[] = [];
  for (const line of body.split('\n')) {
    const label = /^([\w.$]+):/.exec(line)?.[1];
    if (label !== undefined) seen.push(label);
    for (const match of line.matchAll(/label %([\w.$]+)/g))
      if (seen.includes(match[1] ?? '')) found.push(match[1] ?? '');
  }
  return found;
}

/** Facts about a loop that was vectorized: the types it multiplies, and the functions it calls. */
function loopFacts(body: string): { readonly products: readonly string[]; readonly calls: readonly string[] } {
  const products = [...body.matchAll(/= mul (?:nsw |nuw )*(<\d+ x i32>|i32) /g)].map((match) => match[1] ?? '');
  const calls = [...body.matchAll(/\bcall [^@\n]*@([\w.$]+)\(/g)].map((match) => match[1] ?? '');
  return { products: [...new Set(products)].sort(), calls: calls.filter((callee) => !callee.startsWith('llvm.')) };
}

test('a reduction over 2, 3 and 7 tensors is three specializations without loops', () => {
  const ir = emit('llvm', path.join(ROOT, 'examples', 'multi_tensor_reduce.mojo'));
  const bodies = instancesOf(ir, 'multi_tensor_reduce');
  assert.equal(bodies.length, 3);
  for (const body of bodies) assert.deepEqual(backEdges(body), []);
});

test('one convolution serves two ranks', () => {
  const ir = emit('llvm', path.join(ROOT, 'examples', 'conv_nd.mojo'));
  assert.equal(instancesOf(ir, 'convolve').length, 2);
});

test('five levels of generic calls leave the loop that one writes by hand', {
  skip: native ? false : 'needs libLLVM 22 on x86-64',
}, () => {
  const file = place.write('chain.mojo', CHAIN);
  const ir = emit('llvm-opt', file);
  const [generic] = instancesOf(ir, 'generic_loop');
  const [written] = instancesOf(ir, 'written_loop');
  assert.ok(generic !== undefined && written !== undefined, 'both functions are kept');
  const facts = loopFacts(generic);
  assert.ok(
    facts.products.some((type) => type.startsWith('<')),
    `not vectorized: ${facts.products.join(', ')}`,
  );
  assert.deepEqual(facts, loopFacts(written));
  assert.deepEqual(facts.calls, []);
});

const COUNTERS = `
from std.atomic import Atomic

struct Plain:
    var value: List[Int64]
    def __init__(out self):
        self.value = [0]

@no_inline
def bump(counter: Atomic[Int64]) -> Int64:
    return counter.fetch_add(1)

@no_inline
def look(plain: Plain) -> Int64:
    return plain.value[0]

def main():
    print(bump(Atomic[Int64](0)), look(Plain()))
`;

test('what several threads may change is lent without aliasing facts, everything else with them', () => {
  const ir = emit('llvm', place.write('counters.mojo', COUNTERS));
  const [bump = ''] = instancesOf(ir, 'bump');
  const [look = ''] = instancesOf(ir, 'look');
  const argument = (body: string): string => /^define [^(]*\(([^)]*\([^)]*\)[^)]*|[^)]*)\)/.exec(body)?.[1] ?? '';
  assert.doesNotMatch(argument(bump), /noalias|readonly/);
  assert.match(argument(look), /noalias readonly/);
});
