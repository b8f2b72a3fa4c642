"""Parallel functions for callers in JavaScript."""
from std.algorithm import parallel_reduce, parallelize
from std.sys import exit, num_logical_cores


def burn(count: Int) -> Float64:
    var x = 0.0
    for i in range(count):
        x += Float64(i % 7) * 0.5 / (x + 1.0)
    return x


def cores() -> Int:
    return num_logical_cores()


def fill(out_: Span[mut=True, Float64, _], count: Int):
    """Something to compute for each element, and its index."""
    var p = out_.unsafe_ptr()

    def work(i: Int) {imm p, imm count}:
        p[unsafe_offset=i] = burn(count) * 0 + Float64(i)

    parallelize(work, len(out_))


def total(xs: Span[Float64, _]) -> Float64:
    def term(i: Int) {imm xs} -> Float64:
        return xs[i]

    def add(a: Float64, b: Float64) -> Float64:
        return a + b

    return parallel_reduce(len(xs), Float64(0), term, add)


def letters(count: Int) -> String:
    """Strings that all threads allocate and free."""

    def letter(i: Int) -> String:
        return String(chr(97 + i % 26)) * 10

    def join(a: String, b: String) -> String:
        return a + b

    return parallel_reduce(count, String(""), letter, join)


def trap(at: Int) -> Int:
    var xs = [1, 2, 3]

    def work(i: Int) {imm xs, imm at}:
        _ = burn(1000000)
        if i == at:
            print(xs[i])

    parallelize(work, 16)
    return 7


def leave(at: Int):
    def work(i: Int) {imm at}:
        _ = burn(1000000)
        if i == at:
            exit(5)

    parallelize(work, 16)


def say(count: Int):
    print("before")

    def work(i: Int):
        print("item")

    parallelize(work, count)
    print("after")
