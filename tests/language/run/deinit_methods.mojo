from std.memory import OwnedPointer

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

def main():
    for i in range(5):
        try:
            print(use(i))
        except e:
            print("error:", e)
    containers()

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
