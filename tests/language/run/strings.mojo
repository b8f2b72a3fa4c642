# output:
#   hello world 11
#   héllo 6 5
#   True False
#   abcabc a-b-c
#   3 -1
#   'it\'s\n'
#   x=1, y=2.5
#   [one, two]
#   HI hi
#   42 255
#   7 is 7
#   %! True False True 4 True 1
#   computed 1
#   before
#   2 1 10 2 [1, 2] | 2 1 10 2 [1, 2]
#   [0=1][1=two][2=3.5] k=3 7 x deep 3 TString()
#   raised 3 [n=1]


def main() raises:
    var s = String("hello")
    s += " world"
    print(s, s.byte_length())
    var u: String = "héllo"
    print(u, u.byte_length(), u.count_codepoints())
    print(s == "hello world", "z" in s)
    var parts: List[String] = ["a", "b", "c"]
    print("abc" * 2, "-".join(parts))
    print(s.find("lo"), s.find("xyz"))
    print(repr(String("it's\n")))
    var x = 1
    var y = 2.5
    print(t"x={x}, y={y}")
    var text = String("one two")
    print(text.split(" "))
    print("hi".upper(), String("HI").lower())
    print(Int("42"), atol("0xff", 16))
    var n = 7
    print(String(n, " is ", n))
    # Parts of one static text are compared by what they say, not by where they stand.
    var static: StaticString = "a%b"
    var part = static[byte=1:2]
    var table = Dict[StaticString, Int]()
    table["%"] = 4
    var listed: List[StaticString] = ["a", "%"]
    var kept: String = part
    kept += StaticString("!")
    print(kept, end=" ")
    print(part == "%", part != "%", "%" == part, table[part], part in table, listed.index(part))
    templates()


def computed(n: Int) -> Int:
    print("computed", n)
    return n * 10


def each[*Ts: Writable](*values: *Ts) -> String:
    var text = String()
    comptime for i in range(values.__len__()):
        text += String(t"[{i}={values[i]}]")
    return text


struct Log:
    var lines: List[String]

    def __init__(out self):
        self.lines = []

    def add[W: Writable](mut self, line: W):
        self.lines.append(String(line))


def templates() raises:
    # Places are read when the text is written; all else is computed where the t-string stands.
    var n = 1
    var xs: List[Int] = [1, 2]
    var template = t"{n} {xs[0]} {computed(n)} {n + 1} {xs}"
    n = 2
    print("before")
    print(template, "|", String(template))
    var k = 3
    comptime seven = 7
    print(each(1, "two", 3.5), t"k={k} {seven} {"x"} {t"deep {k}"}", repr(t"{k}"))
    var log = Log()
    log.add(t"n={len(log.lines) + 1}")
    try:
        raise t"raised {k}"
    except error:
        print(error, log.lines)
