# Small programs: primes, context managers, iterators, match, a machine.
# output:
#   == sieve
#   [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59] 17
#   12 = [(2, 2), (3, 1)]
#   97 = [(97, 1)]
#   360 = [(2, 3), (3, 2), (5, 1)]
#   1001 = [(7, 1), (11, 1), (13, 1)]
#   84 = 2^2 * 3 * 7
#   30030 = 2 * 3 * 5 * 7 * 11 * 13
#   12 1
#   {1: 1, 3: 9, 5: 25}
#   [(1, 0), (2, 0), (2, 1)]
#   == ctx
#   create t1
#   enter t1
#   in t1
#   exit t1
#   after
#   create t1
#   enter t1
#   in t1
#   exit with error: swallow
#   after
#   create t1
#   enter t1
#   in t1
#   exit with error: boom
#   caught boom
#   create a
#   enter a
#   create b
#   enter b
#   a b
#   exit b
#   exit a
#   == iters
#   4 3 2 1 
#   4
#   3 x
#   2 y
#   1 z
#   2 1
#   stop
#   [6, 4, 2]
#   == matchy
#   zero
#   small
#   negative
#   big
#   origin y=3 x=4 1,2
#   empty one 1 two 1 2 1 and 2 more
#   bye
#   helping help
#   unknown dance
#   == machine
#   3;2;1; 16 [0]
#   3;2;1;42;
#   error: bad op 9
#   error: stack underflow at step 1
# ---- sieve

def sieve(n: Int) -> List[Int]:
    var flags = List[Bool](length=n + 1, fill=True)
    flags[0] = False
    if n >= 1:
        flags[1] = False
    var i = 2
    while i * i <= n:
        if flags[i]:
            for j in range(i * i, n + 1, i):
                flags[j] = False
        i += 1
    return [i for i in range(n + 1) if flags[i]]


def factorize(n: Int) -> List[Tuple[Int, Int]]:
    var result = List[Tuple[Int, Int]]()
    var m = n
    var p = 2
    while p * p <= m:
        var e = 0
        while m % p == 0:
            m //= p
            e += 1
        if e > 0:
            result.append((p, e))
        p += 1
    if m > 1:
        result.append((m, 1))
    return result^


def gcd(a: Int, b: Int) -> Int:
    return a if b == 0 else gcd(b, a % b)


def sieve():
    var primes = sieve(60)
    print(primes, len(primes))
    for n in [12, 97, 360, 1001]:
        print(n, "=", factorize(n))
    for n in [84, 30030]:
        var parts = List[String]()
        for p, e in factorize(n):
            parts.append(String(p, "^", e) if e > 1 else String(p))
        print(n, "=", " * ".join(parts))
    print(gcd(48, 36), gcd(17, 5))
    var squares = {x: x * x for x in range(6) if x % 2 == 1}
    print(squares)
    var pairs = [(a, b) for a in range(3) for b in range(a)]
    print(pairs)


# ---- ctx

struct Timer:
    var name: String
    def __init__(out self, name: String):
        self.name = name
        print("create", name)
    def __enter__(mut self) -> ref[self.name] String:
        print("enter", self.name)
        return self.name
    def __exit__(mut self):
        print("exit", self.name)
    def __exit__(mut self, e: Error) -> Bool:
        print("exit with error:", e)
        return String(e) == "swallow"


def run(msg: String) raises:
    with Timer("t1") as n:
        print("in", n)
        if msg != "":
            raise Error(msg)
    print("after")


def ctx():
    try:
        run("")
        run("swallow")
        run("boom")
    except e:
        print("caught", e)
    with Timer("a") as a, Timer("b") as b:
        print(a, b)


# ---- iters

struct Countdown(Iterable):
    comptime IteratorType[m: Bool, //, o: Origin[mut=m]]: Iterator = CountIter
    var n: Int
    def __init__(out self, n: Int):
        self.n = n
    def __iter__(ref self) -> CountIter:
        return CountIter(self.n)


struct CountIter(Iterator, Copyable):
    comptime Element = Int
    var n: Int
    def __init__(out self, n: Int):
        self.n = n
    def __next__(mut self) raises StopIteration -> Int:
        if self.n <= 0:
            raise StopIteration()
        self.n -= 1
        return self.n + 1


def iters() raises:
    for x in Countdown(4):
        print(x, end=" ")
    print()
    var total = 0
    for i, x in enumerate(Countdown(3)):
        total += i * x
    print(total)
    for a, b in zip(Countdown(3), ["x", "y", "z"]):
        print(a, b)
    var it = iter(Countdown(2))
    print(next(it), next(it))
    try:
        print(next(it))
    except e:
        print("stop")
    print([x * 2 for x in Countdown(3)])


# ---- matchy

def kind(n: Int) -> String:
    match n:
        case 0: return "zero"
        case 1 | 2 | 3: return "small"
        case x if x < 0: return "negative"
        case _: return "big"


def point(p: Tuple[Int, Int]) -> String:
    match p:
        case (0, 0): return "origin"
        case (0, y): return String("y=", y)
        case (x, 0): return String("x=", x)
        case (x, y): return String(x, ",", y)


def listy(l: List[Int]) -> String:
    match l:
        case []: return "empty"
        case [x]: return String("one ", x)
        case [x, y]: return String("two ", x, " ", y)
        case [first, *rest]: return String(first, " and ", len(rest), " more")
    return "never"


def cmd(s: String):
    match s:
        case "quit" | "exit": print("bye")
        case "help" as h: print("helping", h)
        case other: print("unknown", other)


def matchy():
    for i in [0, 2, -5, 100]:
        print(kind(i))
    print(point((0, 0)), point((0, 3)), point((4, 0)), point((1, 2)))
    print(listy([]), listy([1]), listy([1, 2]), listy([1, 2, 3]))
    cmd("quit"); cmd("help"); cmd("dance")


# ---- machine

comptime PUSH = 0


comptime ADD = 1


comptime MUL = 2


comptime JNZ = 3


comptime DUP = 4


comptime PRINT = 5


comptime DEC = 6


@fieldwise_init


struct Op(Copyable):
    var code: Int
    var arg: Int


struct VM:
    var stack: List[Int]
    var output: String
    var steps: Int
    def __init__(out self):
        self.stack = []
        self.output = ""
        self.steps = 0
    def pop(mut self) raises -> Int:
        if len(self.stack) == 0:
            raise Error("stack underflow at step ", self.steps)
        return self.stack.pop()
    def run(mut self, program: List[Op]) raises:
        var pc = 0
        while pc < len(program):
            self.steps += 1
            ref op = program[pc]
            pc += 1
            match op.code:
                case 0: self.stack.append(op.arg)
                case 1: self.stack.append(self.pop() + self.pop())
                case 2: self.stack.append(self.pop() * self.pop())
                case 3:
                    if self.pop() != 0:
                        pc = op.arg
                case 4:
                    var v = self.pop()
                    self.stack.append(v)
                    self.stack.append(v)
                case 5: self.output += String(self.pop()) + ";"
                case 6: self.stack.append(self.pop() - 1)
                case x: raise Error("bad op ", x)


def machine():
    var vm = VM()
    try:
        vm.run([Op(PUSH, 3), Op(DUP, 0), Op(PRINT, 0), Op(DEC, 0), Op(DUP, 0), Op(JNZ, 1)])
        print(vm.output, vm.steps, vm.stack)
        vm.run([Op(PUSH, 2), Op(PUSH, 21), Op(MUL, 0), Op(PRINT, 0)])
        print(vm.output)
        vm.run([Op(9, 0)])
    except e:
        print("error:", e)
    try:
        var other = VM()
        other.run([Op(ADD, 0)])
    except e:
        print("error:", e)


def main() raises:
    print("== sieve")
    sieve()
    print("== ctx")
    ctx()
    print("== iters")
    iters()
    print("== matchy")
    matchy()
    print("== machine")
    machine()
