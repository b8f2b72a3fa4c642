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
