# Lists of types and values at compile time, keyword arguments that are passed on, functions in variables.
# output:
#   3 True False True
#   2 String Bool
#   1 SIMD[DType.int, 1]
#   3 4 12
#   True False
#   1;two;3.5;
#   no
#   x=1 y=2
#   1 and 1 more
#   2 3 2
#   3 2
#   True False
#   close 2
#   positive


def about[*Ts: AnyType]():
    print(len(Ts), Ts.contains[String](), Ts.contains[Float64](), Ts.all_conforms_to[Writable]())


def write_all[*Ts: Movable](mut writer: Some[Writer], *args: *Ts):
    comptime if Ts.all_conforms_to[Writable]():
        comptime for i in range(args.__len__()):
            args[i].write_to(writer)
            writer.write(";")
    else:
        writer.write("no")


struct Silent(Movable):
    def __init__(out self):
        pass


def parts[*Ts: AnyType]():
    comptime Rest = Ts.slice[1]()
    print(len(Rest), reflect[Rest[0]].name(), reflect[Rest[1]].name())
    comptime First = Ts.slice[0, 1]()
    print(First.length, reflect[Ts[0]].name())


def values[*ns: Int]() -> Int:
    var sum = 0
    for n in ns:
        sum += n
    return sum + ns.size


def show(var **values: Int):
    var text = String("")
    for entry in values.items():
        text += entry.key + "=" + String(entry.value) + " "
    print(text.strip())


def pass_on(var **values: Int):
    show(**values^)


def count(first: Int, var **values: Int):
    print(first, "and", len(values), "more")


def count_on(var **values: Int):
    count(1, **values^)


def one_more(x: Int) -> Int:
    return x + 1


def two_more(x: Int) -> Int:
    return x + 2


@explicit_destroy("call close()")
struct Handle[T: AnyType](Deinitable where conforms_to(T, Deinitable)):
    var n: Int

    def __init__(out self, n: Int):
        self.n = n

    def close(deinit self):
        print("close", self.n)


struct Linear(Deinitable where False):
    pass


def positive[n: Int]() where n:
    print("positive")


def main():
    about[Int, String, Bool]()
    parts[Int, String, Bool]()
    comptime Numbers = ParameterList.of[3, 4]()
    print(Numbers[0], Numbers[1], values[4, 6]())
    print(Numbers.contains[4](), TypeList.of[Int, Bool]().contains[String]())
    var text = String()
    write_all(text, 1, "two", 3.5)
    print(text)
    var none = String()
    write_all(none, 1, Silent())
    print(none)
    pass_on(x=1, y=2)
    count_on(z=3)
    var f = one_more
    print(f(1), end=" ")
    f = two_more
    var both = [one_more, two_more]
    print(f(1), both[0](1))
    print(len(TypeList.splat[3, Int]()), len(TypeList.of[Int, String]()))
    print(conforms_to(Optional[Int], RegisterPassable), conforms_to(Optional[String], RegisterPassable))
    var a = Handle[Int](1)
    var b = Handle[Linear](2)
    b^.close()
    positive[3]()
