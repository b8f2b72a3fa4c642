struct Token(Movable):
    var id: Int

    def __init__(out self, id: Int):
        self.id = id


def eat(var t: Token):
    print(t.id)


def after_move():
    var a = Token(1)
    eat(a^)
    print(a.id)  #~ error[M3001] "use of uninitialized value 'a'"


def maybe(flag: Bool):
    var a = Token(1)
    if flag:
        eat(a^)
    print(a.id)  #~ error[M3001] "use of uninitialized value 'a'"


def in_loop():
    var a = Token(1)
    for i in range(3):
        eat(a^)  #~ error[M3001] "use of uninitialized value 'a'"


def unset(flag: Bool):
    var n: Int
    if flag:
        n = 1
    print(n)  #~ error[M3001] "use of uninitialized value 'n'"


def no_return(flag: Bool) -> Int:  #~ error[M3002] "return expected at end of function with results"
    if flag:
        return 1


def take_all[*Ts: Movable & Deinitable](var *args: *Ts):
    pass


def pack_twice[*Ts: Movable & Deinitable](var *args: *Ts):
    take_all(*args^)
    take_all(*args^)  #~ error[M3001] "use of uninitialized value 'args'"


def capture_each_round(var r: Token):
    for _ in range(2):
        def g() {var r^}:  #~ error[M3001] "use of uninitialized value 'r'"
            _ = r
        g()


@fieldwise_init
@explicit_destroy("close it")
struct Ticket(Movable, Deinitable where False):
    var n: Int

    def close(deinit self):
        pass

    def look(self):
        pass


def looks_at(var t: Ticket):
    t.look()  #~ error[M3010] "'t' abandoned without being explicitly destroyed: close it"


def many_tickets(mut known: List[Ticket], mut one: Ticket):
    var tickets: List[Ticket] = [Ticket(1)]
    tickets.append(Ticket(2))
    tickets.pop().look()  #~ error[M3010] "'(expression temporary)' abandoned without being explicitly destroyed: close it"
    print(len(tickets))  #~ error[M3010] "'tickets' abandoned without being explicitly destroyed: Use `deinit_with()` to explicitly destroy a `List`"
    var some = Optional(Ticket(3))
    print(Bool(some))  #~ error[M3010] "'some' abandoned without being explicitly destroyed: type 'Optional' does not conditionally conform"
    var table = Dict[String, Ticket]()
    _ = table.insert("a", Ticket(7))  #~ error[M3010] "'(expression temporary)' abandoned without being explicitly destroyed"
    print(len(table))  #~ error[M3010] "'table' abandoned without being explicitly destroyed: Use `deinit_with()` to explicitly destroy a `Dict`"
    known[0] = Ticket(4)  #~ error[M3010] "value abandoned without being explicitly destroyed: close it"
    var p = Pointer(to=one)
    p[] = Ticket(5)  #~ error[M3010] "value abandoned without being explicitly destroyed: close it"


def replaces[T: Movable](mut list: List[T], mut x: T, var y: T, var z: T):  #~ error[M3010] "'x' abandoned"
    list[0] = y^  #~ error[M3010] "value abandoned without being explicitly destroyed: unhandled explicitly destroyed type 'T'"
    x = z^


def moved_then_read():
    var t = Token(1)
    var n = 0
    while n < 1:
        eat(t^)
        n = t.id  #~ error[M3001] "use of uninitialized value 't'"


def main():
    after_move()
    maybe(True)
    in_loop()
    unset(True)
    _ = no_return(True)
