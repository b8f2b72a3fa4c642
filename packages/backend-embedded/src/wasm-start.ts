/** The WASI entry as IR.
 *  In: IR text. Out: the same text, with `_start` behind it where it defines `i32 @main(i32, ptr)` and no `_start`.
 *  `_start` fetches the arguments into its frame, which stays (what lies behind the heap belongs to the allocator), and builds `argv` in
 *  Kiln's layout: one 8-byte slot per pointer, a null slot behind the last. It ends through `proc_exit` with main's result. */
import { WASM_FEATURES } from '@kiln/compiler/backend/target-info.ts';

const START = `
declare i32 @__kiln_args_sizes_get(ptr, ptr) "wasm-import-module"="wasi_snapshot_preview1" "wasm-import-name"="args_sizes_get"
declare i32 @__kiln_args_get(ptr, ptr) "wasm-import-module"="wasi_snapshot_preview1" "wasm-import-name"="args_get"
declare void @__kiln_proc_exit(i32) "wasm-import-module"="wasi_snapshot_preview1" "wasm-import-name"="proc_exit"
define void @_start() "target-features"="${WASM_FEATURES}" {
entry:
  %count.slot = alloca i32
  %size.slot = alloca i32
  store i32 0, ptr %count.slot
  store i32 0, ptr %size.slot
  %e0 = call i32 @__kiln_args_sizes_get(ptr %count.slot, ptr %size.slot)
  %count = load i32, ptr %count.slot
  %size = load i32, ptr %size.slot
  %slots = add i32 %count, 1
  %wide = shl i32 %slots, 3
  %narrow = shl i32 %count, 2
  %tables = add i32 %wide, %narrow
  %total = add i32 %tables, %size
  %argv = alloca i8, i32 %total, align 16
  %narrow.base = getelementptr i8, ptr %argv, i32 %wide
  %text = getelementptr i8, ptr %argv, i32 %tables
  %e1 = call i32 @__kiln_args_get(ptr %narrow.base, ptr %text)
  br label %head
head:
  %i = phi i32 [ 0, %entry ], [ %next, %body ]
  %done = icmp uge i32 %i, %count
  br i1 %done, label %run, label %body
body:
  %from = getelementptr i32, ptr %narrow.base, i32 %i
  %address = load i32, ptr %from
  %address.wide = zext i32 %address to i64
  %to = getelementptr i64, ptr %argv, i32 %i
  store i64 %address.wide, ptr %to
  %next = add i32 %i, 1
  br label %head
run:
  %end = getelementptr i64, ptr %argv, i32 %count
  store i64 0, ptr %end
  %status = call i32 @main(i32 %count, ptr %argv)
  call void @__kiln_proc_exit(i32 %status)
  unreachable
}
`;

export function withStart(ir: string): string {
  if (!/^define [^\n]*@main\(/m.test(ir) || /^define [^\n]*@_start\(/m.test(ir)) return ir;
  return `${ir}\n${START}`;
}
