struct Res(Movable):
    var id: Int
    def __init__(out self, id: Int):
        self.id = id
        print("acquire", id)
    def __deinit__(deinit self):
        print("release", self.id)

struct Pool(Movable):
    var free: List[Res]
    var made: Int
    def __init__(out self):
        self.free = List[Res]()
        self.made = 0
    def get(mut self) -> Res:
        if len(self.free) > 0:
            return self.free.pop()
        self.made += 1
        return Res(self.made)
    def put(mut self, var r: Res):
        self.free.append(r^)
    def drain(deinit self) -> Int:
        var n = 0
        while len(self.free) > 0:
            _ = self.free.pop(0)
            n += 1
        return n

def use(mut p: Pool, n: Int) raises -> Int:
    var r = p.get()
    if n == 3:
        raise Error("lost ", r.id)
    var id = r.id
    p.put(r^)
    return id

def main():
    var p = Pool()
    for n in range(5):
        try:
            print("used", use(p, n))
        except e:
            print(e)
    var a = p.get()
    var b = p.get()
    print(a.id, b.id, p.made)
    p.put(b^)
    print("drained", p^.drain())
    print("end", a.id)

# output:
#   acquire 1
#   used 1
#   used 1
#   used 1
#   release 1
#   lost 1
#   acquire 2
#   used 2
#   acquire 3
#   2 3 3
#   release 3
#   drained 1
#   end 2
#   release 2
