struct R(Movable):
    var s: String
    def __init__(out self, s: String):
        self.s = s
        print("+", s, sep="")
    def __deinit__(deinit self):
        print("-", self.s, sep="")

def risky(n: Int) raises -> R:
    var t = R(String("tmp", n))
    if n < 0:
        raise Error("neg ", t.s)
    return R(String("ok", n))

def eat(var r: R) raises:
    if r.s == "ok7":
        raise Error("seven")
    print("ate", r.s)

def run(n: Int) -> Int:
    var keep = R("keep")
    var alsokeep = R("also")
    try:
        var r = risky(n)
        print("made", r.s)
        if n == 3:
            return 33
        eat(r^)
        print("fine")
    except e:
        print("except", e, keep.s)
        return -1
    else:
        print("else", alsokeep.s)
    finally:
        print("finally")
    print("end")
    return n

def nested(n: Int) raises -> String:
    var a = R("a")
    try:
        var b = R("b")
        try:
            var c = R("c")
            if n == 1:
                raise Error("one")
            print("use", b.s, c.s)
            if n == 2:
                raise "two"
        except e:
            print("inner", e)
            raise Error("again ", e)
        finally:
            print("inner finally")
    finally:
        print("outer finally", a.s)
    return "done"

def loop():
    for i in range(5):
        var v = R(String("v", i))
        try:
            if i == 1:
                continue
            if i == 3:
                break
            if i == 2:
                raise Error("at ", i)
            print("body", v.s)
        except e:
            print("exc", e)
        finally:
            print("fin", i)
    print("loop end")

def main():
    print(run(1))
    print(run(-1))
    print(run(3))
    print(run(7))
    for i in range(3):
        try:
            print(nested(i))
        except e:
            print("main", e)
    loop()

# output:
#   +keep
#   +also
#   +tmp1
#   -tmp1
#   +ok1
#   made ok1
#   ate ok1
#   -ok1
#   -keep
#   fine
#   else also
#   -also
#   finally
#   end
#   1
#   +keep
#   +also
#   +tmp-1
#   -tmp-1
#   -also
#   except neg tmp-1 keep
#   -keep
#   finally
#   -1
#   +keep
#   +also
#   +tmp3
#   -tmp3
#   +ok3
#   made ok3
#   -ok3
#   -also
#   -keep
#   finally
#   33
#   +keep
#   +also
#   +tmp7
#   -tmp7
#   +ok7
#   made ok7
#   -ok7
#   -also
#   except seven keep
#   -keep
#   finally
#   -1
#   +a
#   +b
#   +c
#   use b c
#   -c
#   -b
#   inner finally
#   outer finally a
#   -a
#   done
#   +a
#   +b
#   +c
#   -c
#   -b
#   inner one
#   inner finally
#   outer finally a
#   -a
#   main again one
#   +a
#   +b
#   +c
#   use b c
#   -c
#   -b
#   inner two
#   inner finally
#   outer finally a
#   -a
#   main again two
#   +v0
#   body v0
#   -v0
#   fin 0
#   +v1
#   -v1
#   fin 1
#   +v2
#   -v2
#   exc at 2
#   fin 2
#   +v3
#   -v3
#   fin 3
#   loop end
