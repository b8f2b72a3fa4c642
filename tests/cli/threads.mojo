"""What happens in the threads of `parallelize`; the argument says what."""
from std.algorithm import parallelize
from std.sys import argv, exit


def burn(count: Int) -> Float64:
    var x = 0.0
    for i in range(count):
        x += Float64(i % 7) * 0.5 / (x + 1.0)
    return x


def deep(n: Int) -> Int:
    if n == 0:
        return 0
    var values = Array[Int, 20](fill=n)
    return deep(n - 1) + values[n % 20]


def main():
    # More than the memory that is there from the start: the arguments must not lie behind it.
    var ballast = List[UInt8](length=24 << 20, fill=1)
    var mode = String(argv()[Int(ballast[len(ballast) - 1])])
    var values = [1, 2, 3]
    print("start")

    def work(i: Int) {imm values, imm mode}:
        # Long enough for a helper to come, and the last items are not the caller's alone.
        _ = burn(2000000)
        if i == 14:
            if mode == "trap":
                print(values[i])
            elif mode == "exit":
                print("leaving")
                exit(3)
            elif mode == "deep":
                print(deep(1000000000))
            else:
                print("inside")

    parallelize(work, 16)
    print("end")
