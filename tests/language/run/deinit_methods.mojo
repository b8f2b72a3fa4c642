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

def main():
    for i in range(5):
        try:
            print(use(i))
        except e:
            print("error:", e)

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
