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
