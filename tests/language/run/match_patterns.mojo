# output:
#   zero
#   small
#   minus four
#   big 200
#   other
#   1a b7 2:zz ?
#   origin y axis 3 right 5
#   empty one 5 1,9 3+2
#   1 0 0 1 2
#   8 9 307
#   i 0
#   i 2
#   i 3
#   11 7
#   11 2
@fieldwise_init
struct Pt(Copyable, Movable):
    var x: Int
    var y: Int

def classify(n: Int) -> String:
    match n:
        case 0: return "zero"
        case 1 | 2 | 3: return "small"
        case == (-4): return "minus four"
        case x if x > 100: return "big " + String(x)
        case _: return "other"

def tup(t: Tuple[Int, String]) -> String:
    match t:
        case (1, "a"): return "1a"
        case (n, "b"): return "b" + String(n)
        case (2, s): return "2:" + s
        case other: return "?"

def pts(p: Pt) -> String:
    match p:
        case Pt(x=0, y=0): return "origin"
        case Pt(x=0, y=b): return "y axis " + String(b)
        case Pt(x=a) if a > 5: return "right"
        case Pt(x=a, y=b): return String(a + b)

def lst(l: List[Int]) -> String:
    match l:
        case []: return "empty"
        case [x]: return "one " + String(x)
        case [1, y]: return "1," + String(y)
        case [a, *rest]: return String(a) + "+" + String(len(rest))
    return "never"

def b(v: Bool) -> Int:
    match v:
        case True: return 1
        case False: return 0

def strs(s: String) -> Int:
    match s:
        case "quit" | "exit": return 0
        case "go": return 1
        case _: return 2

def ors(t: Tuple[Int, Int]) -> Int:
    match t:
        case (1, n) | (n, 1): return n
        case (a, b) as w: return a * 100 + b + w[0]

def loop_match():
    for i in range(6):
        match i:
            case 1: continue
            case 4: break
            case n:
                print("i", n)
    else:
        print("no")

def mutcap():
    var p = Pt(1, 2)
    match p:
        case Pt(x=ref a, y=var c):
            a += 10
            c += 5
            print(a, c)
    print(p.x, p.y)

def main():
    for i in [0, 2, -4, 200, 50]:
        print(classify(i))
    print(tup((1, "a")), tup((7, "b")), tup((2, "zz")), tup((9, "q")))
    print(pts(Pt(0, 0)), pts(Pt(0, 3)), pts(Pt(9, 1)), pts(Pt(2, 3)))
    print(lst([]), lst([5]), lst([1, 9]), lst([3, 4, 5]))
    print(b(True), b(False), strs("exit"), strs("go"), strs("x"))
    print(ors((1, 8)), ors((9, 1)), ors((3, 4)))
    loop_match()
    mutcap()
