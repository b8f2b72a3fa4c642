# Compile-time values with padding: what an earlier call left in memory is not taken for an address.
# output:
#   x=3 y=  4.5!
#     1True|end
#   plain
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
