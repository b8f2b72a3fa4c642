# __getattr__/__setattr__, __call__, __contains__, __bool__, __len__, __int__.
struct Bag(Boolable, Sized):
    var names: List[String]
    var total: Float64

    def __init__(out self):
        self.names = []
        self.total = 0

    def __getattr__(self, name: StaticString) -> Float64:
        for i in range(len(self.names)):
            if self.names[i] == String(name):
                return Float64(i) + 0.25
        return -1

    def __setattr__(mut self, name: StaticString, v: Float64):
        self.names.append(String(name))
        self.total += v

    def __len__(self) -> Int:
        return len(self.names)

    def __bool__(self) -> Bool:
        return self.total > 0

    def __contains__(self, s: StringSlice) -> Bool:
        for n in self.names:
            if n == s:
                return True
        return False


@fieldwise_init
struct Adder(ImplicitlyCopyable, Intable):
    var k: Int

    def __call__(self, x: Int) -> Int:
        return x + self.k

    def __call__(self, x: String, *, times: Int = 1) -> String:
        return x * times + String(self.k)

    def __int__(self) -> Int:
        return self.k

    def __invert__(self) -> Self:
        return Self(~self.k)

    def __abs__(self) -> Int:
        return abs(self.k)


def main():
    var b = Bag()
    print("empty" if not b else "full")
    b.apples = 2
    b.pears = 1.5
    b.total += 10
    print(b.apples, b.pears, b.plums, b.total, len(b))
    if b:
        print("has", "apples" in b, "plums" not in b)
    print(Bool(b))
    var a = Adder(5)
    print(a(3), a("ab"), a("ab", times=2), Int(a), (~a).k)


# output:
#   empty
#   0.25 1.25 -1.0 13.5 2
#   has True True
#   True
#   8 ab5 abab5 5 -6
