# Compile-time values: numbers that look like addresses are numbers, and what is left of a pointer, in padding or under another
# alternative of a Variant, is no pointer.
# output:
#   x=3 y=  4.5!
#     1True|end
#   plain
#   0 23063 0 23064 0 23065 
#   9 8 True text that is longer than any small buffer
#   True 1 none
from std.utils import Variant

comptime Held = Variant[String, Bool, UInt8]


def table() -> List[Int32]:
    var l = List[Int32]()
    for i in range(23063, 23066):
        l.append(0)
        l.append(Int32(i))
    return l^


def long_text() -> String:
    return String("text that is longer than any small buf", "fer")


def held() -> List[Held]:
    var l = List[Held]()
    for _ in range(4):
        l.append(Held(long_text()))
    l[0].set[UInt8](UInt8(9))
    l[1] = Held(UInt8(8))
    l[2].set[Bool](True)
    return l^


@fieldwise_init
struct Slot(Copyable):
    var value: Held
    var name: Optional[String]


def slots() -> List[Slot]:
    var l: List[Slot] = [Slot(Held(long_text()), long_text()), Slot(Held(long_text()), long_text())]
    l[0].value.set[Bool](True)
    l[1].value.set[UInt8](UInt8(1))
    l[1].name = None
    l.append(l[1].copy())
    return l^


@fieldwise_init
struct Piece(Copyable):
    var literal: Bool
    var text: String
    var width: Int


def parse(f: String) -> List[Piece]:
    var out = List[Piece]()
    var cur = String()
    var i = 0
    var bytes = f.as_bytes()
    while i < len(bytes):
        var c = bytes[i]
        if c == UInt8(ord("{")):
            if cur:
                out.append(Piece(True, cur, 0))
                cur = String()
            var w = 0
            i += 1
            while i < len(bytes) and bytes[i] != UInt8(ord("}")):
                w = w * 10 + Int(bytes[i]) - ord("0")
                i += 1
            out.append(Piece(False, "", w))
        else:
            cur += chr(Int(c))
        i += 1
    if cur:
        out.append(Piece(True, cur, 0))
    return out^


def holes(f: String) -> Int:
    var n = 0
    for p in parse(f):
        if not p.literal:
            n += 1
    return n


def pad(s: String, w: Int) -> String:
    var r = s
    while r.byte_length() < w:
        r = " " + r
    return r


def fmt[f: StaticString, *Ts: Writable](*args: *Ts) -> String:
    comptime pieces = parse(String(f))
    comptime n = len(pieces)
    comptime assert holes(String(f)) == len(Ts), "wrong number of values"
    var out = String()
    comptime for i in range(n):
        comptime if pieces[i].literal:
            comptime t = pieces[i].text
            out += t
        else:
            comptime k = index_of(String(f), i)
            comptime w = pieces[i].width
            out += pad(String(args[k]), w)
    return out


def index_of(f: String, upto: Int) -> Int:
    var k = 0
    var ps = parse(f)
    for i in range(upto):
        if not ps[i].literal:
            k += 1
    return k


def main():
    print(fmt["x={} y={5}!"](3, 4.5))
    print(fmt["{3}{3}|{}"](1, True, "end"))
    print(fmt["plain"]())
    comptime numbers = table()
    for number in materialize[numbers]():
        print(number, end=" ")
    print()
    comptime all = held()
    var values = materialize[all]()
    print(values[0][UInt8], values[1][UInt8], values[2][Bool], values[3][String])
    comptime made = slots()
    var some = materialize[made]()
    print(some[0].value[Bool], some[2].value[UInt8], some[1].name.or_else("none"))
