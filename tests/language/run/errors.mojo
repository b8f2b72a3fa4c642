# output:
#   5
#   caught: division by zero
#   finally
#   else 2
#   typed 7
#   inner: boom
#   rethrown: boom!
#   n=3
#   !boom 4 'boom'
#   Error('outer: inner')
def divide(a: Int, b: Int) raises -> Int:
    if b == 0:
        raise Error("division by zero")
    return a // b


@fieldwise_init
struct Code(Copyable):
    var value: Int


def typed(n: Int) raises Code -> Int:
    if n > 5:
        raise Code(n)
    return n


def nested() raises:
    try:
        raise "boom"
    except e:
        print("inner:", e)
        raise Error(e, "!")


def main():
    try:
        print(divide(10, 2))
        print(divide(1, 0))
        print("not reached")
    except e:
        print("caught:", e)
    finally:
        print("finally")
    try:
        var q = divide(4, 2)
        print("else", end=" ")
        print(q)
    except:
        print("never")
    try:
        _ = typed(7)
    except code:
        print("typed", code.value)
    try:
        nested()
    except e:
        print("rethrown:", e)
    print(Error("n=", 3))
    # The type of what is raised first is that of the handler: here a text, not an Error.
    try:
        raise "boom"
    except e:
        print("!" + e, e.byte_length(), repr(e))
    try:
        try:
            raise "inner"
        except e:
            raise Error("outer: ", e)
    except e:
        print(repr(e))
