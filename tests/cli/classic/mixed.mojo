# The spellings of 2024 and 2025: `fn` beside `comptime`, `out self`, `owned`, UnsafePointer, `__del__`, named results.
from memory import UnsafePointer

comptime SIZE = 4


struct Stack:
    var data: UnsafePointer[Int]
    var size: Int

    fn __init__(out self):
        self.data = UnsafePointer[Int].alloc(SIZE)
        self.size = 0

    fn __moveinit__(out self, owned other: Self):
        self.data = other.data
        self.size = other.size

    fn __del__(owned self):
        self.data.free()

    fn push(mut self, value: Int):
        (self.data + self.size).init_pointee_copy(value)
        self.size += 1

    fn top(self) -> Int:
        return self.data[self.size - 1]


fn build() -> Stack as result:
    result = Stack()
    result.push(1)


fn sum(borrowed s: Stack) -> Int:
    var total = 0
    for i in range(s.size):
        total += s.data[i]
    return total


fn main():
    var s = build()
    s.push(5)
    print(s.top(), sum(s))
