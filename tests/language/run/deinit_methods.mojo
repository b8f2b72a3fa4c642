from std.collections import Set
from std.memory import OwnedPointer
from std.utils import Variant

struct Conn(Movable, Deinitable where False):
    var id: Int
    var log: List[String]
    def __init__(out self, id: Int):
        self.id = id
        self.log = List[String]()
    def send(mut self, s: String):
        self.log.append(s)
    def close(deinit self) -> Int:
        print("close", self.id, self.log)
        return len(self.log)
    def abort(deinit self, reason: String) raises -> Int:
        print("abort", self.id, reason)
        if reason == "bad":
            raise Error("aborted badly ", self.id)
        return -1
    def finish(deinit self, ok: Bool) raises -> Int:
        if ok:
            return self^.close()
        else:
            return self^.abort("bad")

def use(n: Int) raises -> Int:
    var c = Conn(n)
    c.send("hello")
    if n > 2:
        return c^.finish(n == 3)
    for i in range(n):
        c.send(String("m", i))
    return c^.close()

# Containers of what must be destroyed explicitly end the same way.
def close(var c: Conn):
    _ = c^.close()

def conns(n: Int) -> List[Conn]:
    var list = List[Conn]()
    for i in range(n):
        list.append(Conn(10 + i))
    return list^

struct Pool(Deinitable where False):
    var free: List[Conn]
    var spare: Optional[Conn]

    def __init__(out self):
        self.free = conns(2)
        self.spare = None

    def lend(mut self) -> Conn:
        return self.spare.take() if self.spare else self.free.pop()

    def take_back(mut self, var c: Conn):
        c.send("used")
        self.free.append(c^)

    def shut(deinit self):
        self.spare^.deinit_with(close)
        self.free^.deinit_with(close)

def finish_all[T: Movable](var list: List[T], end: Some[def(var x: T)]):
    print("all", len(list))
    list^.deinit_with(end)

struct Token(Movable, Deinitable where False):
    var n: Int
    def __init__(out self, n: Int):
        self.n = n
    def burn(deinit self):
        print("burn", self.n)

def containers():
    var pool = Pool()
    pool.take_back(pool.lend())
    pool^.shut()
    var list = conns(2)
    list.insert(0, Conn(3))
    list.extend(conns(1))
    list.swap_elements(0, 1)
    var ended = 0
    def end(var c: Conn) {mut ended}:
        ended += c^.close() + 1
    list^.deinit_with(end)
    print(ended)
    finish_all(conns(1), close)
    var array: Array[Token, 2] = [Token(1), Token(2)]
    array^.deinit_with(Token.burn)
    var owned = OwnedPointer(Token(3))
    owned[].n += 1
    owned^.into_inner().burn()
    var tokens = [Token(i) for i in range(5, 7)]
    tokens.pop(0).burn()
    tokens^.deinit_with(Token.burn)

# A dictionary hands out keys and values, a set its values, a variant the value that it has, a tuple its elements.
@fieldwise_init
struct Key(Movable, Hashable, Equatable, Deinitable where False):
    var n: Int

    def retire(deinit self):
        print("retire", self.n)

def end_entry(var name: String, var token: Token):
    print("entry", name)
    token^.burn()

struct Registry:
    var tokens: Dict[String, Token]

    def __init__(out self):
        self.tokens = {}

    def put(mut self, name: String, n: Int):
        var displaced = self.tokens.insert(name, Token(n))
        if displaced:
            displaced.take().deinit_with(end_entry)
        displaced^.deinit_assert_empty()

    def __deinit__(deinit self):
        self.tokens^.deinit_with(end_entry)

def dictionaries() raises:
    var registry = Registry()
    registry.put("a", 1)
    registry.put("b", 2)
    registry.put("a", 3)
    registry.tokens["b"].n += 10
    registry.tokens.pop("b").burn()
    print(len(registry.tokens), "a" in registry.tokens)
    registry.tokens.clear_with(end_entry)
    registry.put("c", 4)
    var keys = Set[Key]()
    keys.insert(Key(1)).deinit_assert_empty()
    keys.insert(Key(1)).deinit_with(Key.retire)
    print(len(keys))
    keys^.deinit_with(Key.retire)

struct Line:
    var state: Variant[Token, Key]

    def __init__(out self):
        self.state = Token(20)

    def switch(mut self):
        if self.state.isa[Token]():
            self.state.unsafe_replace[Key, Token](Key(21)).burn()
        else:
            self.state.unsafe_replace[Token, Key](Token(22)).retire()

    def __deinit__(deinit self):
        if self.state.isa[Token]():
            self.state^.deinit_with[Token](Token.burn)
        else:
            self.state^.deinit_with[Key](Key.retire)

def burned(var token: Token) -> Int:
    var n = token.n
    token^.burn()
    return n

def parts():
    var line = Line()
    line.switch()
    line.switch()
    var mixed = (Token(30), Key(31)).reverse()
    print(mixed[0].n, mixed[1].n)

    def end[i: Int](var element: Tuple[Key, Token].Ts[i]):
        comptime if i == 0:
            rebind_var[Key](element^).retire()
        else:
            rebind_var[Token](element^).burn()

    mixed^.consume_elements(end)
    var pair = (Token(32),).concat((Token(33),))

    def end_token[i: Int](var element: Token):
        element^.burn()

    pair^.consume_elements(end_token)
    print(Optional(Token(34)).map(burned).value())

def main():
    for i in range(5):
        try:
            print(use(i))
        except e:
            print("error:", e)
    containers()
    try:
        dictionaries()
    except e:
        print(e)
    parts()

# output:
#   close 0 [hello]
#   1
#   close 1 [hello, m0]
#   2
#   close 2 [hello, m0, m1]
#   3
#   close 3 [hello]
#   1
#   abort 4 bad
#   error: aborted badly 4
#   close 10 []
#   close 11 [used]
#   close 10 []
#   close 3 []
#   close 11 []
#   close 10 []
#   4
#   all 1
#   close 10 []
#   burn 1
#   burn 2
#   burn 4
#   burn 5
#   burn 6
#   entry a
#   burn 1
#   burn 12
#   1 True
#   entry a
#   burn 3
#   entry c
#   burn 4
#   retire 1
#   1
#   retire 1
#   burn 20
#   retire 21
#   burn 22
#   31 30
#   retire 31
#   burn 30
#   burn 32
#   burn 33
#   burn 34
#   34
