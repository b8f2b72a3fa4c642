def fails() raises -> Int:
    raise Error("x")


def quiet() -> Int:
    return fails()  #~ error[M2354] "cannot call function that may raise in a context that cannot"


def loud():
    raise Error("y")  #~ error[M2356] "'raise' requires a surrounding 'try' block or the enclosing "


def closures_have_no_members(text: String):
    def owns() {var text} -> Int:
        return text.byte_length()
    _ = owns.copy()  #~ error[M2330] "value has no attribute 'copy'"


def functions_out_of_lists(fs: List[def(Int) thin -> Int]):
    for f in fs:
        var g = f
        print(g(1))  #~ error[M2353] "does not implement the '__call__' method"


def texts_and_errors():
    try:
        if fails() == 0:
            pass
        raise "fits an Error"
    except e:
        print(e)
    try:
        raise "a text"
        print(fails())  #~ error[M2355] "'raise Error("
    except e:
        print(e)


def main():
    try:
        print(fails())
    except e:
        print(e)
    var l = [1, 2, 3]
    l.append(4)  #~ error[M2330] "'Array[Int, Int(3)]' value has no attribute 'append'"
