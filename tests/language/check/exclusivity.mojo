from std.memory import OwnedPointer


def swap_text(mut a: String, mut b: String):
    var t = a
    a = b
    b = t


@fieldwise_init
struct Pair:
    var a: String
    var b: String


def never_run() -> Int:
    var s = String("x")
    return 1
    swap_text(s, s)  #~ error[M3020] "aliasing values"


def no_branch():
    var s = String("x")
    if False:
        swap_text(s, s)  #~ error[M3020] "aliasing values"
    comptime if False:
        swap_text(s, s)  #~ error[M3020] "aliasing values"
    while True:
        pass
    swap_text(s, s)  #~ error[M3020] "aliasing values"


def main():
    var s = String("x")
    swap_text(s, s)  #~ error[M3020] "aliasing values passed mutably to 'a' argument and passed mu"
    var p = Pair("1", "2")
    swap_text(p.a, p.b)


# ---- what an iterator or a view hands out is an element: `e.a` is the `a` of one of them

@fieldwise_init
struct Both(Copyable):
    var a: String
    var b: String


def put(mut x: String, y: String):
    x = String(y.byte_length())
    print(y)


def elements_of_a_list(mut v: List[Both], mut o: List[Optional[String]]):
    for ref e in v:
        put(v[0].a, e.a)  #~ error[M3020] "'x' argument and passed immutably to 'y'"
        put(e.a, e.b)
        put(v[0].b, e.a)
    for e in o:
        put(o[0].value(), e.value())  #~ error[M3020] "'x' argument and passed immutably to 'y'"
    for ref e in v[0:1]:
        put(v[0].a, e.a)  #~ error[M3020] "'x' argument and passed immutably to 'y'"
    for ref e in Span(v):
        put(v[0].a, e.a)  #~ error[M3020] "'x' argument and passed immutably to 'y'"


def entries_of_a_dictionary(mut d: Dict[String, Both]) raises:
    for k in d:
        put(d[k].a, k)
    for e in d.items():
        put(d[e.key].a, e.key)
        put(d[e.key].a, e.value.a)  #~ error[M3020] "'x' argument and passed immutably to 'y'"
    for ref v in d.values():
        put(v.a, v.b)
        put(d["x"].a, v.a)  #~ error[M3020] "'x' argument and passed immutably to 'y'"


def deeper(mut rows: List[Array[Both, 2]], mut owners: List[OwnedPointer[Both]], mut lists: Dict[Int, List[Both]]) raises:
    for ref row in rows:
        put(row[0].a, row[1].b)
        for ref e in row:
            put(e.a, e.b)
            put(rows[0][1].a, e.a)  #~ error[M3020] "'x' argument and passed immutably to 'y'"
    for ref owner in owners:
        put(owner[].a, owner[].b)
        put(owners[0][].a, owner[].a)  #~ error[M3020] "'x' argument and passed immutably to 'y'"
    for ref l in lists.values():
        for ref e in l:
            put(e.a, e.b)
            put(lists[1][0].a, e.a)  #~ error[M3020] "'x' argument and passed immutably to 'y'"
