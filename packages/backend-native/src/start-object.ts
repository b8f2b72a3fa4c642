/** The program entry as IR: `_start` in assembly, so that linking needs neither crt files nor a compiler.
 *  In: architecture. Out: a module that defines `_start` and refers to `main` and `__libc_start_main`. On x86-64 the handler of traps
 *  (trap-handler-asm.ts) stands between the two; elsewhere a trap ends the program without a stack.
 *  The kernel enters with argc on the stack, argv and envp above it, and the dynamic linker's exit function in a
 *  register. `init` and `fini` are null: no program of ours has constructors, and new C libraries ignore them. */

import { TRAP_HANDLER_ASM } from './trap-handler-asm.ts';

const X86_64 = [
  '.text',
  '.globl _start',
  '.type _start,@function',
  '_start:',
  'xorl %ebp, %ebp',
  'movq %rdx, %r9',
  'popq %rsi',
  'movq %rsp, %rdx',
  'andq $-16, %rsp',
  'pushq %rax',
  'pushq %rsp',
  'xorl %r8d, %r8d',
  'xorl %ecx, %ecx',
  'leaq __kiln_begin(%rip), %rdi',
  'callq *__libc_start_main@GOTPCREL(%rip)',
  'hlt',
  '.size _start, .-_start',
  '.hidden __kiln_begin',
  ...TRAP_HANDLER_ASM.trim().split('\n'),
  // What the handler asks for by name: the image's first byte, the stack it runs on, and the block of standard output with the program's slot for the function that fills it.
  '.text',
  '.hidden __ehdr_start',
  '__kiln_image_base:',
  'leaq __ehdr_start(%rip), %rax',
  'retq',
  '__kiln_signal_stack:',
  'leaq .Lktrap.stack(%rip), %rax',
  'retq',
  '__kiln_output_block:',
  'leaq .Lktrap.output(%rip), %rax',
  'retq',
  // 0 in a program that does not print.
  '.weak __kiln_output',
  '.hidden __kiln_output',
  '__kiln_output_slot:',
  'movq __kiln_output@GOTPCREL(%rip), %rax',
  'retq',
  '.local .Lktrap.stack',
  '.comm .Lktrap.stack,65536,16',
  '.local .Lktrap.output',
  '.comm .Lktrap.output,65600,64',
];

const AARCH64 = [
  '.text',
  '.globl _start',
  '.type _start,@function',
  '_start:',
  'mov x29, #0',
  'mov x30, #0',
  'mov x5, x0',
  'ldr x1, [sp]',
  'add x2, sp, #8',
  'mov x6, sp',
  'adrp x0, :got:main',
  'ldr x0, [x0, #:got_lo12:main]',
  'mov x3, #0',
  'mov x4, #0',
  'bl __libc_start_main',
  'brk #0',
  '.size _start, .-_start',
];

export function startModuleIr(arch: string): string {
  const lines = arch === 'aarch64' ? AARCH64 : X86_64;
  return lines.map((line) => `module asm "${line.replace(/[\\"]/g, (c) => (c === '"' ? '\\22' : '\\5C'))}"\n`).join('');
}
