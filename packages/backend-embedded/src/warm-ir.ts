/** A small module whose compilation runs what nearly every program needs of LLVM. */
import { DATA_LAYOUTS, WASM32 } from '@kiln/compiler/backend/target-info.ts';

/** A vectorizable loop and a call: touches the passes nearly every program needs. */
export const WARM_IR = `target datalayout = "${DATA_LAYOUTS[WASM32] ?? ''}"
target triple = "${WASM32}"
define void @scale(ptr noalias %to, ptr noalias %from, i64 %n) {
entry:
  br label %head
head:
  %i = phi i64 [ 0, %entry ], [ %next, %body ]
  %more = icmp ult i64 %i, %n
  br i1 %more, label %body, label %exit
body:
  %narrow = trunc i64 %i to i32
  %p = getelementptr float, ptr %from, i32 %narrow
  %q = getelementptr float, ptr %to, i32 %narrow
  %x = load float, ptr %p
  %y = fmul float %x, 2.0
  store float %y, ptr %q
  %next = add i64 %i, 1
  br label %head
exit:
  ret void
}
define i32 @main(i32 %n, ptr %p) {
  %wide = zext i32 %n to i64
  call void @scale(ptr %p, ptr %p, i64 %wide)
  ret i32 0
}
`;
