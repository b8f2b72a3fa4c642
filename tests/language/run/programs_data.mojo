# Small programs: a cache, accounts, a matrix, a calculator, JSON text.
# output:
#   == lru
#   1
#   None 3 1
#   2 3 1
#   [c, a] {a: 1, c: 3}
#   == bank
#   ok
#   done
#   True
#   transfer failed: need 300 but have 70 230
#   False
#   deposit failed: invalid amount: 0
#   done
#   False
#   Account(owner=Ada, balance=70) Account(owner=Bob, balance=80)
#   Account(owner='Ada', balance=Int(70))
#   == matrix
#   [0.0, 1.0, 2.0]
#   [3.0, 4.0, 5.0]
#
#   [0.0, 3.0]
#   [1.0, 4.0]
#   [2.0, 5.0]
#
#   [5.0, 14.0]
#   [14.0, 50.0]
#
#   [3.5, 1.0]
#   [1.0, 3.5]
#
#   error: shape mismatch: 3 vs 2
#   10.0
#   == tokens
#   1 + 2 * 3 = 7
#   (1+2)*3 = 9
#   -4 + 10/3 = -1
#   2*(3 -> expected )
#   7 & 1 -> bad character '&' at 2
#   8/0 -> division by zero
#   * -> String is not convertible to integer with base 10: '*'
#   True Token(kind=a, text=b)
#   == json
#   "he said \"hi\"\nthere\\"
#   [1, 2, 3]
#   {"a": 1, "b": -2}
#   "naïve ☃"
from std.collections import Dict, List


# ---- lru

struct LRUCache(Sized):
    var capacity: Int
    var data: Dict[String, Int]
    var order: List[String]
    var hits: Int
    var misses: Int

    def __init__(out self, capacity: Int):
        self.capacity = capacity
        self.data = {}
        self.order = []
        self.hits = 0
        self.misses = 0

    def __len__(self) -> Int:
        return len(self.data)

    def _touch(mut self, key: String) raises:
        var idx = self.order.index(key)
        _ = self.order.pop(idx)
        self.order.append(key)

    def get(mut self, key: String) raises -> Optional[Int]:
        if key in self.data:
            self.hits += 1
            self._touch(key)
            return self.data[key]
        self.misses += 1
        return None

    def put(mut self, key: String, value: Int) raises:
        if key in self.data:
            self._touch(key)
        else:
            if len(self.data) >= self.capacity:
                var oldest = self.order.pop(0)
                _ = self.data.pop(oldest)
            self.order.append(key)
        self.data[key] = value


def lru() raises:
    var cache = LRUCache(2)
    cache.put("a", 1)
    cache.put("b", 2)
    print(cache.get("a"))
    cache.put("c", 3)
    print(cache.get("b"), cache.get("c"), cache.get("a"))
    print(len(cache), cache.hits, cache.misses)
    print(cache.order, cache.data)


# ---- bank

@fieldwise_init


struct InsufficientFunds(Copyable, Writable):
    var needed: Int
    var available: Int
    def write_to(self, mut writer: Some[Writer]):
        writer.write("need ", self.needed, " but have ", self.available)


@fieldwise_init


struct Account(Copyable, Writable):
    var owner: String
    var balance: Int

    def deposit(mut self, amount: Int) raises:
        if amount <= 0:
            raise Error("invalid amount: ", amount)
        self.balance += amount

    def withdraw(mut self, amount: Int) raises InsufficientFunds:
        if amount > self.balance:
            raise InsufficientFunds(amount, self.balance)
        self.balance -= amount


def transfer(mut a: Account, mut b: Account, amount: Int) -> Bool:
    try:
        a.withdraw(amount)
    except e:
        print("transfer failed:", e, e.needed - e.available)
        return False
    try:
        b.deposit(amount)
    except e:
        print("deposit failed:", e)
        return False
    else:
        print("ok")
    finally:
        print("done")
    return True


def bank():
    var a = Account("Ada", 100)
    var b = Account("Bob", 50)
    print(transfer(a, b, 30))
    print(transfer(a, b, 300))
    print(transfer(a, b, 0))
    print(a, b)
    print(repr(a))


# ---- matrix

struct Matrix(Copyable, Writable):
    var rows: Int
    var cols: Int
    var data: List[Float64]

    def __init__(out self, rows: Int, cols: Int, fill: Float64 = 0.0):
        self.rows = rows
        self.cols = cols
        self.data = List[Float64](length=rows * cols, fill=fill)

    @staticmethod
    def identity(n: Int) -> Matrix:
        var m = Matrix(n, n)
        for i in range(n):
            m[i, i] = 1.0
        return m^

    def __getitem__(self, r: Int, c: Int) -> Float64:
        return self.data[r * self.cols + c]

    def __setitem__(mut self, r: Int, c: Int, v: Float64):
        self.data[r * self.cols + c] = v

    def __add__(self, other: Self) -> Self:
        var m = Matrix(self.rows, self.cols)
        for i in range(len(self.data)):
            m.data[i] = self.data[i] + other.data[i]
        return m^

    def __mul__(self, k: Float64) -> Self:
        var m = self.copy()
        for ref v in m.data:
            v *= k
        return m^

    def __matmul__(self, other: Self) raises -> Self:
        if self.cols != other.rows:
            raise Error("shape mismatch: ", self.cols, " vs ", other.rows)
        var m = Matrix(self.rows, other.cols)
        for i in range(self.rows):
            for j in range(other.cols):
                var acc = 0.0
                for k in range(self.cols):
                    acc += self[i, k] * other[k, j]
                m[i, j] = acc
        return m^

    def transpose(self) -> Self:
        var m = Matrix(self.cols, self.rows)
        for i in range(self.rows):
            for j in range(self.cols):
                m[j, i] = self[i, j]
        return m^

    def write_to(self, mut writer: Some[Writer]):
        for i in range(self.rows):
            writer.write("[")
            for j in range(self.cols):
                if j:
                    writer.write(", ")
                writer.write(self[i, j])
            writer.write("]\n")


def matrix() raises:
    var a = Matrix(2, 3)
    for i in range(2):
        for j in range(3):
            a[i, j] = Float64(i * 3 + j)
    print(a)
    print(a.transpose())
    print(a @ a.transpose())
    print((Matrix.identity(2) * 2.5) + Matrix(2, 2, 1))
    try:
        print(a @ a)
    except e:
        print("error:", e)
    a[0, 0] += 10
    print(a[0, 0])


# ---- tokens

@fieldwise_init


struct Token(Copyable, Writable, Equatable):
    var kind: String
    var text: String


def tokenize(src: String) raises -> List[Token]:
    var out = List[Token]()
    var i = 0
    var bytes = src.as_bytes()
    while i < len(bytes):
        var c = Int(bytes[i])
        if c == ord(" "):
            i += 1
        elif c >= ord("0") and c <= ord("9"):
            var start = i
            while i < len(bytes) and Int(bytes[i]) >= ord("0") and Int(bytes[i]) <= ord("9"):
                i += 1
            out.append(Token("num", String(src[byte=start:i])))
        elif c == ord("+") or c == ord("-") or c == ord("*") or c == ord("/") or c == ord("(") or c == ord(")"):
            out.append(Token("op", chr(c)))
            i += 1
        else:
            raise Error("bad character '", chr(c), "' at ", i)
    return out^


struct Parser:
    var toks: List[Token]
    var pos: Int
    def __init__(out self, var toks: List[Token]):
        self.toks = toks^
        self.pos = 0
    def peek(self) -> String:
        return self.toks[self.pos].text if self.pos < len(self.toks) else ""
    def next(mut self) -> String:
        var t = self.peek()
        self.pos += 1
        return t
    def expr(mut self) raises -> Int:
        var v = self.term()
        while self.peek() == "+" or self.peek() == "-":
            var op = self.next()
            var r = self.term()
            v = v + r if op == "+" else v - r
        return v
    def term(mut self) raises -> Int:
        var v = self.factor()
        while self.peek() == "*" or self.peek() == "/":
            var op = self.next()
            var r = self.factor()
            if op == "*":
                v *= r
            else:
                if r == 0:
                    raise Error("division by zero")
                v //= r
        return v
    def factor(mut self) raises -> Int:
        var t = self.next()
        if t == "(":
            var v = self.expr()
            if self.next() != ")":
                raise Error("expected )")
            return v
        if t == "-":
            return -self.factor()
        return Int(t)


def tokens():
    for s in ["1 + 2 * 3", "(1+2)*3", "-4 + 10/3", "2*(3", "7 & 1", "8/0", "*"]:
        try:
            var p = Parser(tokenize(s))
            print(s, "=", p.expr())
        except e:
            print(s, "->", e)
    print(Token("a", "b") == Token("a", "b"), Token("a", "b"))


# ---- json

def escape(s: String) -> String:
    var out = String('"')
    for c in s.codepoints():
        var v = Int(c)
        if v == ord('"'):
            out += '\\"'
        elif v == ord("\n"):
            out += "\\n"
        elif v == ord("\\"):
            out += "\\\\"
        else:
            out += String(c)
    out += '"'
    return out


def to_json(xs: List[Int]) -> String:
    var parts = List[String]()
    for x in xs:
        parts.append(String(x))
    return "[" + ", ".join(parts) + "]"


def to_json(d: Dict[String, Int]) -> String:
    var s = String("{")
    var first = True
    for e in d.items():
        if not first:
            s += ", "
        first = False
        s += escape(e.key) + ": " + String(e.value)
    return s + "}"


def json():
    print(escape('he said "hi"\nthere\\'))
    print(to_json([1, 2, 3]))
    print(to_json({"a": 1, "b": -2}))
    print(escape("naïve ☃"))


def main() raises:
    print("== lru")
    lru()
    print("== bank")
    bank()
    print("== matrix")
    matrix()
    print("== tokens")
    tokens()
    print("== json")
    json()
