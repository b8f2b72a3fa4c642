/** Generated from std/runtime/trap_handler.mojo and output_block.mojo by scripts/trap-handler.mjs; do not edit. x86-64, Linux. */
export const TRAP_HANDLER_SOURCE_HASH = 'fc703f21a88fa5ed';

export const TRAP_HANDLER_ASM = String.raw`
.text
.Lktrap._Line.bytes:
testq %rdx, %rdx
jle .LktrapBB0_6
movq (%rdi), %rcx
movq 8(%rdi), %rax
cmpq $1, %rdx
jne .LktrapBB0_7
xorl %r8d, %r8d
jmp .LktrapBB0_4
.LktrapBB0_7:
movabsq $9223372036854775806, %r9
andq %rdx, %r9
xorl %r8d, %r8d
movq %rsi, %r10
jmp .LktrapBB0_8
.LktrapBB0_12:
addq $2, %r8
addq $2, %r10
cmpq %r8, %r9
je .LktrapBB0_3
.LktrapBB0_8:
cmpq $1023, %rax
jg .LktrapBB0_10
movzbl (%r10), %r11d
movb %r11b, (%rcx,%rax)
incq %rax
movq %rax, 8(%rdi)
.LktrapBB0_10:
cmpq $1023, %rax
jg .LktrapBB0_12
movzbl 1(%r10), %r11d
movb %r11b, (%rcx,%rax)
incq %rax
movq %rax, 8(%rdi)
jmp .LktrapBB0_12
.LktrapBB0_3:
testb $1, %dl
je .LktrapBB0_6
.LktrapBB0_4:
cmpq $1023, %rax
jg .LktrapBB0_6
movzbl (%r8,%rsi), %edx
movb %dl, (%rcx,%rax)
incq %rax
movq %rax, 8(%rdi)
.LktrapBB0_6:
retq
.Lktrap._Line.terminated:
movq $-1, %rdx
.LktrapBB1_1:
cmpb $0, 1(%rsi,%rdx)
leaq 1(%rdx), %rdx
jne .LktrapBB1_1
jmp .Lktrap._Line.bytes
.Lktrap._Line.number:
pushq %r15
pushq %r14
pushq %r13
pushq %r12
pushq %rbx
subq $32, %rsp
movq %rcx, %rbx
movq %rdx, %rcx
movq %rdi, %r15
leaq 32(%rsp), %r14
leaq 31(%rsp), %rdi
xorl %r12d, %r12d
.LktrapBB2_1:
movq %rsi, %rax
xorl %edx, %edx
divq %rcx
leal 87(%rdx), %r8d
movl %edx, %r9d
orb $48, %r9b
cmpq $10, %rdx
movzbl %r9b, %edx
movzbl %r8b, %r8d
cmovbl %edx, %r8d
cmpq %rsi, %rcx
seta %dl
incq %r12
movb %r8b, (%rdi)
setne %r8b
decq %rdi
movq %rax, %rsi
testb %r8b, %dl
je .LktrapBB2_1
subq %r12, %r14
subq %r12, %rbx
jle .LktrapBB2_5
leaq .Lktrap.c11(%rip), %r13
.LktrapBB2_4:
movl $1, %edx
movq %r15, %rdi
movq %r13, %rsi
callq .Lktrap._Line.bytes
decq %rbx
jne .LktrapBB2_4
.LktrapBB2_5:
movq %r15, %rdi
movq %r14, %rsi
movq %r12, %rdx
callq .Lktrap._Line.bytes
addq $32, %rsp
popq %rbx
popq %r12
popq %r13
popq %r14
popq %r15
retq
.Lktrap._Line.send:
pushq %rbx
movq %rdi, %rbx
cmpq $1024, 8(%rdi)
jne .LktrapBB3_2
movq $1023, 8(%rbx)
.LktrapBB3_2:
movq (%rbx), %rsi
movq 8(%rbx), %rdx
movb $10, (%rdx,%rsi)
incq %rdx
movl $2, %edi
callq write@PLT
movq $0, 8(%rbx)
popq %rbx
retq
.Lktrap._on_abort:
jmp .Lktrap.write_last_words
.Lktrap._Table.unwind_row:
subq 8(%rdi), %rsi
movl $4294967295, %eax
cmpq %rax, %rsi
jae .LktrapBB5_1
movq (%rdi), %rdx
movl (%rdx), %eax
movl 4(%rdx), %ecx
addq %rdx, %rcx
xorl %edx, %edx
testq %rax, %rax
jne .LktrapBB5_4
jmp .LktrapBB5_8
.LktrapBB5_6:
incq %rdi
movq %rdi, %rdx
cmpq %rax, %rdx
jge .LktrapBB5_8
.LktrapBB5_4:
leaq (%rdx,%rax), %rdi
sarq %rdi
movq %rdi, %r8
shlq $4, %r8
movl (%r8,%rcx), %r8d
cmpq %r8, %rsi
jae .LktrapBB5_6
movq %rdi, %rax
cmpq %rax, %rdx
jl .LktrapBB5_4
.LktrapBB5_8:
xorl %eax, %eax
testq %rdx, %rdx
je .LktrapBB5_2
shlq $4, %rdx
addq %rdx, %rcx
addq $-16, %rcx
testq %rcx, %rcx
je .LktrapBB5_2
xorl %eax, %eax
cmpl $2, 4(%rcx)
cmovneq %rcx, %rax
retq
.LktrapBB5_1:
xorl %eax, %eax
.LktrapBB5_2:
retq
.Lktrap._Table.place:
subq 8(%rdi), %rsi
movl $4294967295, %eax
cmpq %rax, %rsi
jae .LktrapBB6_1
movq (%rdi), %rcx
movl 8(%rcx), %eax
movl 12(%rcx), %edx
addq %rcx, %rdx
xorl %edi, %edi
testq %rax, %rax
jne .LktrapBB6_4
jmp .LktrapBB6_8
.LktrapBB6_6:
incq %r8
movq %r8, %rdi
cmpq %rax, %rdi
jge .LktrapBB6_8
.LktrapBB6_4:
leaq (%rdi,%rax), %r8
sarq %r8
movl (%rdx,%r8,8), %r9d
cmpq %r9, %rsi
jae .LktrapBB6_6
movq %r8, %rax
cmpq %rax, %rdi
jl .LktrapBB6_4
.LktrapBB6_8:
xorl %eax, %eax
testq %rdi, %rdi
je .LktrapBB6_2
leaq (%rdx,%rdi,8), %rdx
addq $-8, %rdx
testq %rdx, %rdx
je .LktrapBB6_2
movl 4(%rdx), %eax
movl $4294967295, %edx
cmpq %rdx, %rax
je .LktrapBB6_1
movl 20(%rcx), %edx
leaq (%rax,%rax,2), %rax
leaq (%rcx,%rax,8), %rax
addq %rdx, %rax
retq
.LktrapBB6_1:
xorl %eax, %eax
.LktrapBB6_2:
retq
.Lktrap._Walk.next:
pushq %r15
pushq %r14
pushq %r12
pushq %rbx
pushq %rax
movq %rsi, %r14
movq %rdi, %rbx
movzbl 24(%rdi), %r15d
movq (%rdi), %rsi
movl %r15d, %eax
andl $1, %eax
subq %rax, %rsi
movq %r14, %rdi
callq .Lktrap._Table.unwind_row
testq %rax, %rax
je .LktrapBB7_1
cmpl $1, 4(%rax)
movq 8(%rbx), %rdx
movq %rdx, %rsi
jne .LktrapBB7_8
movq 16(%rbx), %rsi
.LktrapBB7_8:
movslq 8(%rax), %rcx
addq %rsi, %rcx
cmpq %rdx, %rcx
jle .LktrapBB7_3
movslq 12(%rax), %rax
testq %rax, %rax
je .LktrapBB7_11
movq (%rcx,%rax), %rax
movq %rax, 16(%rbx)
.LktrapBB7_11:
movq -8(%rcx), %rsi
movq %rsi, (%rbx)
movq %rcx, 8(%rbx)
movb $1, 24(%rbx)
decq %rsi
movq %r14, %rdi
callq .Lktrap._Table.unwind_row
testq %rax, %rax
setne %al
jmp .LktrapBB7_4
.LktrapBB7_1:
testb $1, %r15b
jne .LktrapBB7_3
movq 8(%rbx), %r15
movq (%r15), %r12
leaq -1(%r12), %rsi
movq %r14, %rdi
callq .Lktrap._Table.unwind_row
testq %rax, %rax
je .LktrapBB7_3
movq %r12, (%rbx)
addq $8, %r15
movq %r15, 8(%rbx)
movb $1, 24(%rbx)
movb $1, %al
jmp .LktrapBB7_4
.LktrapBB7_3:
xorl %eax, %eax
.LktrapBB7_4:
addq $8, %rsp
popq %rbx
popq %r12
popq %r14
popq %r15
retq
.Lktrap._source_line:
pushq %rbp
pushq %r15
pushq %r14
pushq %r13
pushq %r12
pushq %rbx
pushq %rax
movq %rdx, %r14
movq %rdi, %rbx
xorl %r15d, %r15d
movq %rsi, %rdi
xorl %esi, %esi
xorl %edx, %edx
xorl %eax, %eax
callq open@PLT
testl %eax, %eax
js .LktrapBB8_1
movl %eax, %ebp
xorl %r15d, %r15d
movl %eax, %edi
xorl %esi, %esi
movl $2, %edx
callq lseek@PLT
movl $0, %r13d
testq %rax, %rax
jle .LktrapBB8_4
xorl %r12d, %r12d
xorl %edi, %edi
movq %rax, %rsi
movl $1, %edx
movl $2, %ecx
movl %ebp, %r8d
xorl %r9d, %r9d
movq %rax, %r13
callq mmap@PLT
movq %rax, %r15
cmpq $-1, %rax
cmoveq %r12, %r15
cmoveq %r12, %r13
.LktrapBB8_4:
movl %ebp, %edi
callq close@PLT
jmp .LktrapBB8_5
.LktrapBB8_1:
xorl %r13d, %r13d
.LktrapBB8_5:
xorl %r12d, %r12d
cmpq $2, %r14
jb .LktrapBB8_9
testq %r13, %r13
jle .LktrapBB8_9
movl $1, %eax
xorl %r12d, %r12d
.LktrapBB8_8:
movq %rax, %rcx
xorl %eax, %eax
cmpb $10, (%r15,%r12)
sete %al
addq %rcx, %rax
incq %r12
cmpq %r14, %rax
jge .LktrapBB8_9
cmpq %r13, %r12
jl .LktrapBB8_8
.LktrapBB8_9:
movq %r12, %rbp
cmpq %r13, %r12
jge .LktrapBB8_12
movq %r12, %rbp
.LktrapBB8_11:
cmpb $10, (%r15,%rbp)
je .LktrapBB8_12
incq %rbp
cmpq %rbp, %r13
jne .LktrapBB8_11
movq %r13, %rbp
.LktrapBB8_12:
subq %r12, %rbp
jne .LktrapBB8_13
addq $8, %rsp
popq %rbx
popq %r12
popq %r13
popq %r14
popq %r15
popq %rbp
retq
.LktrapBB8_13:
movl $10, %edx
movl $7, %ecx
movq %rbx, %rdi
movq %r14, %rsi
callq .Lktrap._Line.number
leaq .Lktrap.c10(%rip), %rsi
movl $3, %edx
movq %rbx, %rdi
callq .Lktrap._Line.bytes
addq %r15, %r12
cmpq $200, %rbp
movl $200, %edx
cmovlq %rbp, %rdx
movq %rbx, %rdi
movq %r12, %rsi
callq .Lktrap._Line.bytes
movq %rbx, %rdi
addq $8, %rsp
popq %rbx
popq %r12
popq %r13
popq %r14
popq %r15
popq %rbp
jmp .Lktrap._Line.send
.Lktrap._print_place:
pushq %r15
pushq %r14
pushq %rbx
movq %rdx, %r14
movq %rsi, %r15
movq %rdi, %rbx
leaq .Lktrap.c9(%rip), %rsi
movl $5, %edx
callq .Lktrap._Line.bytes
movl (%r14), %esi
movq (%r15), %r15
addq %r15, %rsi
movq %rbx, %rdi
callq .Lktrap._Line.terminated
leaq .Lktrap.c2(%rip), %rsi
movl $2, %edx
movq %rbx, %rdi
callq .Lktrap._Line.bytes
movl 4(%r14), %esi
addq %r15, %rsi
movq %rbx, %rdi
callq .Lktrap._Line.terminated
leaq .Lktrap.c6(%rip), %rsi
movl $1, %edx
movq %rbx, %rdi
callq .Lktrap._Line.bytes
movl 8(%r14), %esi
movl $10, %edx
movq %rbx, %rdi
xorl %ecx, %ecx
callq .Lktrap._Line.number
cmpl $0, 12(%r14)
je .LktrapBB9_2
leaq .Lktrap.c6(%rip), %rsi
movl $1, %edx
movq %rbx, %rdi
callq .Lktrap._Line.bytes
movl 12(%r14), %esi
movl $10, %edx
movq %rbx, %rdi
xorl %ecx, %ecx
callq .Lktrap._Line.number
.LktrapBB9_2:
leaq .Lktrap.c3(%rip), %rsi
movl $1, %edx
movq %rbx, %rdi
callq .Lktrap._Line.bytes
movq %rbx, %rdi
popq %rbx
popq %r14
popq %r15
jmp .Lktrap._Line.send
.Lktrap._count_places:
pushq %rbp
pushq %r15
pushq %r14
pushq %r13
pushq %r12
pushq %rbx
subq $56, %rsp
movl %edx, %ebx
movq 168(%rsi), %rax
movq %rax, 24(%rsp)
movq 160(%rsi), %rax
movq %rax, 32(%rsp)
movq 120(%rsi), %rax
movq %rax, 40(%rsp)
movb $0, 48(%rsp)
movq %rdi, 8(%rsp)
movq (%rdi), %r13
xorl %ebp, %ebp
movl $4294967295, %r15d
xorl %eax, %eax
xorl %r14d, %r14d
movl %ebx, %r12d
movl %edx, 4(%rsp)
jmp .LktrapBB10_1
.LktrapBB10_4:
movq 16(%rsp), %rbx
incq %rbx
leaq 24(%rsp), %rdi
movq 8(%rsp), %rsi
callq .Lktrap._Walk.next
testb $1, %al
movq %rbx, %rax
movl 4(%rsp), %ebx
je .LktrapBB10_5
.LktrapBB10_1:
cmpq $1000000, %rax
je .LktrapBB10_5
movq %rax, 16(%rsp)
movzbl 48(%rsp), %eax
movq 24(%rsp), %rsi
andl $1, %eax
subq %rax, %rsi
movq 8(%rsp), %rdi
callq .Lktrap._Table.place
testq %rax, %rax
jne .LktrapBB10_6
jmp .LktrapBB10_4
.LktrapBB10_11:
movq %rbp, %r14
.LktrapBB10_12:
movl 16(%rax), %eax
cmpq %r15, %rax
je .LktrapBB10_13
movl 20(%r13), %ecx
leaq (%rax,%rax,2), %rax
leaq (,%rax,8), %rax
addq %r13, %rax
addq %rcx, %rax
testq %rax, %rax
jne .LktrapBB10_6
jmp .LktrapBB10_4
.LktrapBB10_13:
xorl %eax, %eax
testq %rax, %rax
je .LktrapBB10_4
.LktrapBB10_6:
testb $1, %r12b
movb $1, %r12b
jne .LktrapBB10_8
cmpl $0, 20(%rax)
sete %r12b
.LktrapBB10_8:
testb %r12b, %r12b
je .LktrapBB10_12
incq %rbp
testb $1, %bl
jne .LktrapBB10_11
cmpl $0, 20(%rax)
jne .LktrapBB10_12
jmp .LktrapBB10_11
.LktrapBB10_5:
movq %r14, %rax
addq $56, %rsp
popq %rbx
popq %r12
popq %r13
popq %r14
popq %r15
popq %rbp
retq
.Lktrap._print_stack:
pushq %rbp
pushq %r15
pushq %r14
pushq %r13
pushq %r12
pushq %rbx
subq $88, %rsp
movq %rsi, %r15
movq %rdi, 8(%rsp)
movq $0, 16(%rsp)
callq __kiln_image_base@PLT
movq %rax, 24(%rsp)
leaq .Lktrap.c7(%rip), %rdi
xorl %r14d, %r14d
xorl %esi, %esi
xorl %edx, %edx
xorl %eax, %eax
callq open@PLT
testl %eax, %eax
js .LktrapBB11_5
movl %eax, %ebp
xorl %r14d, %r14d
movl %eax, %edi
xorl %esi, %esi
movl $2, %edx
callq lseek@PLT
movl $0, %ebx
testq %rax, %rax
jle .LktrapBB11_3
xorl %ebx, %ebx
xorl %edi, %edi
movq %rax, %rsi
movl $1, %edx
movl $2, %ecx
movl %ebp, %r8d
xorl %r9d, %r9d
movq %rax, %r12
callq mmap@PLT
movq %rax, %r14
cmpq $-1, %rax
cmoveq %rbx, %r14
cmoveq %rbx, %r12
movq %r12, %rbx
.LktrapBB11_3:
movl %ebp, %edi
callq close@PLT
cmpq $16, %rbx
jge .LktrapBB11_6
jmp .LktrapBB11_8
.LktrapBB11_5:
xorl %ebx, %ebx
cmpq $16, %rbx
jl .LktrapBB11_8
.LktrapBB11_6:
movabsq $3549771453342435659, %rax
cmpq %rax, -8(%rbx,%r14)
jne .LktrapBB11_8
addq %r14, %rbx
leaq -16(%rbx), %rbp
subq -16(%rbx), %rbp
movq %rbp, 16(%rsp)
testq %rbp, %rbp
jne .LktrapBB11_9
jmp .LktrapBB11_31
.LktrapBB11_8:
xorl %ebp, %ebp
testq %rbp, %rbp
je .LktrapBB11_31
.LktrapBB11_9:
leaq 16(%rsp), %rdi
movq %r15, %rsi
xorl %edx, %edx
callq .Lktrap._count_places
movq %rax, %r14
testq %rax, %rax
sete %r13b
jne .LktrapBB11_11
leaq 16(%rsp), %rdi
movq %r15, %rsi
movl $1, %edx
callq .Lktrap._count_places
movq %rax, %r14
.LktrapBB11_11:
testq %r14, %r14
je .LktrapBB11_31
leaq .Lktrap.c0(%rip), %rsi
movl $28, %edx
movq 8(%rsp), %rbx
movq %rbx, %rdi
callq .Lktrap._Line.bytes
movq %rbx, %rdi
callq .Lktrap._Line.send
movq 168(%r15), %rax
movq %rax, 56(%rsp)
movq 160(%r15), %rax
movq %rax, 64(%rsp)
movq 120(%r15), %rax
movq %rax, 72(%rsp)
movb $0, 80(%rsp)
leaq -4(%r14), %r12
leaq -20(%r14), %rax
movq %rax, 32(%rsp)
xorl %r15d, %r15d
xorl %ebx, %ebx
movq %r14, 40(%rsp)
jmp .LktrapBB11_14
.LktrapBB11_13:
movq 48(%rsp), %r15
incq %r15
leaq 56(%rsp), %rdi
leaq 16(%rsp), %rsi
callq .Lktrap._Walk.next
testb $1, %al
je .LktrapBB11_31
.LktrapBB11_14:
cmpq $1000000, %r15
je .LktrapBB11_31
movq %r15, 48(%rsp)
movzbl 80(%rsp), %eax
movq 56(%rsp), %rsi
andl $1, %eax
subq %rax, %rsi
leaq 16(%rsp), %rdi
callq .Lktrap._Table.place
movq %rax, %r15
testq %rax, %rax
jne .LktrapBB11_18
jmp .LktrapBB11_13
.LktrapBB11_16:
movl 20(%rbp), %ecx
leaq (%rax,%rax,2), %rax
leaq (,%rax,8), %r15
addq %rbp, %r15
addq %rcx, %r15
testq %r15, %r15
je .LktrapBB11_13
.LktrapBB11_18:
testb $1, %r13b
movb $1, %r13b
jne .LktrapBB11_20
cmpl $0, 20(%r15)
sete %r13b
.LktrapBB11_20:
testb %r13b, %r13b
je .LktrapBB11_29
cmpq %r14, %rbx
jge .LktrapBB11_29
cmpq $16, %rbx
setge %al
cmpq %r12, %rbx
setl %cl
testb %cl, %al
je .LktrapBB11_26
testq %rbx, %rbx
je .LktrapBB11_27
cmpq $16, %rbx
jne .LktrapBB11_28
movl $6, %edx
movq %r12, %r14
movq 8(%rsp), %r12
movq %r12, %rdi
leaq .Lktrap.c5(%rip), %rsi
callq .Lktrap._Line.bytes
movl $10, %edx
movq %r12, %rdi
movq 32(%rsp), %rsi
xorl %ecx, %ecx
callq .Lktrap._Line.number
movl $10, %edx
movq %r12, %rdi
leaq .Lktrap.c1(%rip), %rsi
callq .Lktrap._Line.bytes
movq %r12, %rdi
movq %r14, %r12
movq 40(%rsp), %r14
callq .Lktrap._Line.send
testq %rbx, %rbx
jne .LktrapBB11_28
jmp .LktrapBB11_27
.LktrapBB11_26:
movq 8(%rsp), %rdi
leaq 16(%rsp), %rsi
movq %r15, %rdx
callq .Lktrap._print_place
testq %rbx, %rbx
jne .LktrapBB11_28
.LktrapBB11_27:
movl 4(%r15), %esi
movl 8(%r15), %edx
addq %rbp, %rsi
movq 8(%rsp), %rdi
callq .Lktrap._source_line
.LktrapBB11_28:
incq %rbx
.LktrapBB11_29:
movl 16(%r15), %eax
movl $4294967295, %ecx
cmpq %rcx, %rax
jne .LktrapBB11_16
xorl %r15d, %r15d
testq %r15, %r15
jne .LktrapBB11_18
jmp .LktrapBB11_13
.LktrapBB11_31:
addq $88, %rsp
popq %rbx
popq %r12
popq %r13
popq %r14
popq %r15
popq %rbp
retq
.Lktrap._set_handler:
subq $152, %rsp
xorps %xmm0, %xmm0
movups %xmm0, (%rsp)
movups %xmm0, 16(%rsp)
movups %xmm0, 32(%rsp)
movups %xmm0, 48(%rsp)
movups %xmm0, 64(%rsp)
movups %xmm0, 80(%rsp)
movups %xmm0, 96(%rsp)
movups %xmm0, 112(%rsp)
movups %xmm0, 128(%rsp)
movq $0, 144(%rsp)
movq %rsi, (%rsp)
movl $134217732, 136(%rsp)
movq %rsp, %rsi
xorl %edx, %edx
callq sigaction@PLT
addq $152, %rsp
retq
.Lktrap._on_signal:
pushq %rbp
pushq %r15
pushq %r14
pushq %rbx
subq $1048, %rsp
movq %rdx, %rbx
movq %rsi, %r14
movl %edi, %ebp
movl $4, %edi
xorl %esi, %esi
callq signal@PLT
movl $11, %edi
xorl %esi, %esi
callq signal@PLT
movl $7, %edi
xorl %esi, %esi
callq signal@PLT
callq .Lktrap.write_last_words
leaq 16(%rsp), %rax
movq %rax, (%rsp)
movq $0, 8(%rsp)
cmpl $4, %ebp
jne .LktrapBB13_1
movq %rsp, %rdi
movq %rbx, %rsi
callq .Lktrap._print_stack
jmp .LktrapBB13_10
.LktrapBB13_1:
movq 16(%r14), %r14
movq 160(%rbx), %rax
cmpl $11, %ebp
sete %cl
leaq -1048576(%rax), %rdx
cmpq %rdx, %r14
setg %dl
andb %cl, %dl
cmpb $1, %dl
jne .LktrapBB13_2
addq $65536, %rax
cmpq %rax, %r14
setl %bpl
testb %bpl, %bpl
jne .LktrapBB13_5
.LktrapBB13_6:
leaq .Lktrap.c4(%rip), %rsi
movq %rsp, %r15
movl $41, %edx
movq %r15, %rdi
callq .Lktrap._Line.bytes
movl $16, %edx
movq %r15, %rdi
movq %r14, %rsi
xorl %ecx, %ecx
callq .Lktrap._Line.number
jmp .LktrapBB13_7
.LktrapBB13_2:
xorl %ebp, %ebp
testb %bpl, %bpl
je .LktrapBB13_6
.LktrapBB13_5:
leaq .Lktrap.c8(%rip), %rsi
movq %rsp, %rdi
movl $65, %edx
callq .Lktrap._Line.bytes
.LktrapBB13_7:
movq %rsp, %r14
movq %r14, %rdi
callq .Lktrap._Line.send
movq %r14, %rdi
movq %rbx, %rsi
callq .Lktrap._print_stack
testb %bpl, %bpl
jne .LktrapBB13_8
.LktrapBB13_10:
addq $1048, %rsp
popq %rbx
popq %r14
popq %r15
popq %rbp
retq
.LktrapBB13_8:
ud2
.globl __kiln_begin
__kiln_begin:
pushq %rbp
pushq %r14
pushq %rbx
subq $32, %rsp
movq %rsi, %rbx
movl %edi, %ebp
callq __kiln_signal_stack@PLT
movq %rax, 8(%rsp)
movq $0, 16(%rsp)
movq $65536, 24(%rsp)
leaq 8(%rsp), %rdi
xorl %esi, %esi
callq sigaltstack@PLT
leaq .Lktrap._on_signal(%rip), %r14
movl $4, %edi
movq %r14, %rsi
callq .Lktrap._set_handler
movl $11, %edi
movq %r14, %rsi
callq .Lktrap._set_handler
movl $7, %edi
movq %r14, %rsi
callq .Lktrap._set_handler
leaq .Lktrap._on_abort(%rip), %rsi
movl $6, %edi
callq .Lktrap._set_handler
callq __kiln_output_slot@PLT
testq %rax, %rax
je .LktrapBB14_2
leaq .Lktrap.write_gathered(%rip), %rcx
movq %rcx, (%rax)
.LktrapBB14_2:
movl %ebp, %edi
movq %rbx, %rsi
callq main@PLT
addq $32, %rsp
popq %rbx
popq %r14
popq %rbp
retq
.Lktrap._write_all:
testq %rdx, %rdx
jle .LktrapBB15_5
pushq %r15
pushq %r14
pushq %rbx
movq %rdx, %rbx
movq %rsi, %r14
movq %rdi, %r15
.LktrapBB15_2:
movl %r15d, %edi
movq %r14, %rsi
movq %rbx, %rdx
callq write@PLT
testq %rax, %rax
jle .LktrapBB15_4
addq %rax, %r14
subq %rax, %rbx
jg .LktrapBB15_2
.LktrapBB15_4:
popq %rbx
popq %r14
popq %r15
.LktrapBB15_5:
retq
.Lktrap._write_block:
movq 8(%rdi), %rdx
movq $0, 8(%rdi)
leaq 64(%rdi), %rsi
movl $1, %edi
jmp .Lktrap._write_all
.Lktrap._at_exit:
pushq %r15
pushq %r14
pushq %rbx
callq __kiln_output_block@PLT
movq %rax, %rbx
movl $1, %r14d
xorl %eax, %eax
lock cmpxchgq %r14, 16(%rbx)
jne .LktrapBB17_1
.LktrapBB17_6:
movq %rbx, %rdi
callq .Lktrap._write_block
movq $100, (%rbx)
xorl %eax, %eax
xchgq %rax, 16(%rbx)
popq %rbx
popq %r14
popq %r15
retq
.LktrapBB17_1:
movl $1, %r15d
jmp .LktrapBB17_2
.LktrapBB17_4:
callq sched_yield@PLT
.LktrapBB17_5:
incq %r15
xorl %eax, %eax
lock cmpxchgq %r14, 16(%rbx)
je .LktrapBB17_6
.LktrapBB17_2:
cmpq $99, %r15
jg .LktrapBB17_4
pause
jmp .LktrapBB17_5
.Lktrap._next_mode:
pushq %rbx
movq %rdi, %rbx
movq (%rdi), %rcx
incq %rcx
cmpq $13, %rcx
jl .LktrapBB18_3
movl $1, %edi
callq isatty@PLT
movl $100, %ecx
testl %eax, %eax
jne .LktrapBB18_3
leaq .Lktrap._at_exit(%rip), %rdi
xorl %esi, %esi
xorl %edx, %edx
callq __cxa_atexit@PLT
movl $101, %ecx
.LktrapBB18_3:
movq %rcx, (%rbx)
popq %rbx
retq
.Lktrap.write_gathered:
pushq %rbp
pushq %r15
pushq %r14
pushq %r13
pushq %r12
pushq %rbx
pushq %rax
movq %rdx, %r14
movq %rsi, %r15
movq %rdi, %r12
callq __kiln_output_block@PLT
movq %rax, %rbx
cmpq $1, %r12
jne .LktrapBB19_5
movl $1, %r12d
xorl %eax, %eax
lock cmpxchgq %r12, 16(%rbx)
jne .LktrapBB19_2
.LktrapBB19_17:
cmpq $99, (%rbx)
jg .LktrapBB19_19
movq %rbx, %rdi
callq .Lktrap._next_mode
.LktrapBB19_19:
cmpq $101, (%rbx)
jne .LktrapBB19_20
movq 8(%rbx), %rax
addq %r14, %rax
cmpq $65537, %rax
jl .LktrapBB19_23
movq %rbx, %rdi
callq .Lktrap._write_block
.LktrapBB19_23:
cmpq $65537, %r14
jl .LktrapBB19_24
.LktrapBB19_20:
movl $1, %edi
movq %r15, %rsi
movq %r14, %rdx
callq .Lktrap._write_all
jmp .LktrapBB19_25
.LktrapBB19_5:
cmpq $0, 8(%rbx)
je .LktrapBB19_13
movl $1, %r13d
xorl %eax, %eax
lock cmpxchgq %r13, 16(%rbx)
jne .LktrapBB19_7
.LktrapBB19_12:
movq %rbx, %rdi
callq .Lktrap._write_block
xorl %eax, %eax
xchgq %rax, 16(%rbx)
.LktrapBB19_13:
cmpq $-1, %r12
je .LktrapBB19_14
movq %r12, %rdi
movq %r15, %rsi
movq %r14, %rdx
addq $8, %rsp
popq %rbx
popq %r12
popq %r13
popq %r14
popq %r15
popq %rbp
jmp .Lktrap._write_all
.LktrapBB19_2:
movl $1, %r13d
jmp .LktrapBB19_3
.LktrapBB19_15:
callq sched_yield@PLT
.LktrapBB19_16:
incq %r13
xorl %eax, %eax
lock cmpxchgq %r12, 16(%rbx)
je .LktrapBB19_17
.LktrapBB19_3:
cmpq $99, %r13
jg .LktrapBB19_15
pause
jmp .LktrapBB19_16
.LktrapBB19_7:
movl $1, %ebp
jmp .LktrapBB19_8
.LktrapBB19_10:
callq sched_yield@PLT
.LktrapBB19_11:
incq %rbp
xorl %eax, %eax
lock cmpxchgq %r13, 16(%rbx)
je .LktrapBB19_12
.LktrapBB19_8:
cmpq $99, %rbp
jg .LktrapBB19_10
pause
jmp .LktrapBB19_11
.LktrapBB19_24:
movq 8(%rbx), %r12
leaq (%rbx,%r12), %rdi
addq $64, %rdi
movq %r15, %rsi
movq %r14, %rdx
callq memcpy@PLT
addq %r14, %r12
movq %r12, 8(%rbx)
.LktrapBB19_25:
xorl %eax, %eax
xchgq %rax, 16(%rbx)
.LktrapBB19_14:
addq $8, %rsp
popq %rbx
popq %r12
popq %r13
popq %r14
popq %r15
popq %rbp
retq
.Lktrap.write_last_words:
pushq %r14
pushq %rbx
pushq %rax
movl $10000008, %r14d
callq __kiln_output_block@PLT
movq %rax, %rbx
movl $1, %ecx
.LktrapBB20_1:
addq $-8, %r14
je .LktrapBB20_10
xorl %eax, %eax
lock cmpxchgq %rcx, 16(%rbx)
je .LktrapBB20_10
xorl %eax, %eax
lock cmpxchgq %rcx, 16(%rbx)
je .LktrapBB20_10
xorl %eax, %eax
lock cmpxchgq %rcx, 16(%rbx)
je .LktrapBB20_10
xorl %eax, %eax
lock cmpxchgq %rcx, 16(%rbx)
je .LktrapBB20_10
xorl %eax, %eax
lock cmpxchgq %rcx, 16(%rbx)
je .LktrapBB20_10
xorl %eax, %eax
lock cmpxchgq %rcx, 16(%rbx)
je .LktrapBB20_10
xorl %eax, %eax
lock cmpxchgq %rcx, 16(%rbx)
je .LktrapBB20_10
xorl %eax, %eax
lock cmpxchgq %rcx, 16(%rbx)
jne .LktrapBB20_1
.LktrapBB20_10:
movq %rbx, %rdi
callq .Lktrap._write_block
movq $100, (%rbx)
xorl %eax, %eax
xchgq %rax, 16(%rbx)
addq $8, %rsp
popq %rbx
popq %r14
retq
.section .rodata.str1.1,"aMS",@progbits,1
.Lktrap.c0:
.asciz "stack, innermost call first:"
.Lktrap.c1:
.asciz " calls \342\200\246"
.Lktrap.c2:
.asciz " ("
.Lktrap.c3:
.asciz ")"
.Lktrap.c4:
.asciz "kiln: invalid memory access at address 0x"
.Lktrap.c5:
.asciz "  \342\200\246 "
.Lktrap.c6:
.asciz ":"
.Lktrap.c7:
.asciz "/proc/self/exe"
.Lktrap.c8:
.asciz "kiln: stack overflow: the calls nest deeper than the stack allows"
.Lktrap.c9:
.asciz "  at "
.Lktrap.c10:
.asciz " | "
.Lktrap.c11:
.asciz " "
`;
