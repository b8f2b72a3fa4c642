def log(s: String) -> Int:
    print("log", s)
    return 1

def ret() -> Int:
    try:
        return log("value")
    finally:
        print("finally runs after value")

def override() raises -> Int:
    try:
        raise Error("lost")
    finally:
        return 5

def loop_ret(xs: List[Int]) -> Int:
    for x in xs:
        try:
            if x < 0:
                return x
            if x == 0:
                continue
            print("x", x)
        finally:
            print("done", x)
    return 100

def chain() raises:
    try:
        try:
            raise Error("A")
        except e:
            raise Error("B from ", e)
        finally:
            print("inner fin")
    except e:
        print("got", e)
        raise
    else:
        print("no")
    finally:
        print("outer fin")

def deep(n: Int) raises -> Int:
    if n == 0:
        raise Error("bottom")
    try:
        return deep(n - 1) + 1
    finally:
        print("unwind", n)

def assigned(ok: Bool) -> Int:
    var x: Int
    try:
        if not ok:
            raise Error("no")
        x = 1
    except:
        x = 2
    return x

def nested_fin() -> Int:
    var t = 0
    try:
        try:
            t += 1
            return t
        finally:
            t += 10
            print("t", t)
    finally:
        t += 100
        print("t", t)

def main():
    print(ret())
    try:
        print(override())
    except e:
        print("not here", e)
    print(loop_ret([1, 0, 2, -5, 9]), loop_ret([3]))
    try:
        chain()
    except e:
        print("main", e)
    try:
        _ = deep(3)
    except e:
        print(e)
    print(assigned(True), assigned(False), nested_fin())
    try:
        print(Int("12") + Int("x1"))
    except e:
        print(e)
    var d: Dict[String, Int] = {"a": 1}
    try:
        print(d["a"])
        print(d["zz"])
    except e:
        print("key", e)
    try:
        print(atol("7q"))
    except e:
        print(e)
    var e2 = Error("x=", 1, " y=", 2.5)
    print(e2, repr(e2), String(e2).byte_length())

# output:
#   log value
#   finally runs after value
#   1
#   5
#   x 1
#   done 1
#   done 0
#   x 2
#   done 2
#   done -5
#   x 3
#   done 3
#   -5 100
#   inner fin
#   got B from A
#   outer fin
#   main B from A
#   unwind 1
#   unwind 2
#   unwind 3
#   bottom
#   t 11
#   t 111
#   1 2 1
#   String is not convertible to integer with base 10: 'x1'
#   1
#   key DictKeyError[String]()
#   String is not convertible to integer with base 10: '7q'
#   x=1 y=2.5 Error('x=1 y=2.5') 9
