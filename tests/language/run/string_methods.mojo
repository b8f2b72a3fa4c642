# output:
#   Hello World Hell e Hel e
#   , World Hello, Wor 3 False False True
#   Hello, World***    Hello, World --Hello, World--
#   [a, b, c] [a
#   , b
#   ]
#   1 2.5 'x' 2 1 {}
#   False True True
#   [Hello,  World] [a, b,c] [a, b c]
#   True True True
#   ello, Worl llo, World Hello, Wor
#   h 104;é 233;y 121;
#   y;é;h;
#   h;é;y;
#   h;é;y;
#   104;195;169;104;195;169;
#   10 10 -1 0 HeLLLLo, WorLLd
#   False Hello, WorldHello, World True xHello, World
#   abcx12.5z 9
#   0xff ff 0b101 0o10 -0x5 é 233 "\xc3\xa9'" 'a\x01é'
#   a-b 1,2
#   True False True
#   72 72
#   -12 42 1000 1000.0 inf
#   HE HE
#   True True False True
#   Hello, World 2
#   1
def main() raises:
    var s = String("Hello, World")
    print(s[byte=0:5], s[byte=7:], s[byte=:4], s[codepoint=1], s[codepoint=0:3], s[grapheme=1])
    print(s.removeprefix("Hello"), s.removesuffix("ld"), s.count("l"), s.isupper(), s.islower(), "ABC".isupper())
    print(s.ascii_ljust(15, "*"), s.ascii_rjust(15), s.ascii_center(16, "-"))
    print(String("a\nb\r\nc\n").splitlines(), String("a\nb\n").splitlines(keepends=True))
    print("{} {} {!r}".format(1, 2.5, "x"), "{1} {0} {{}}".format(1, 2))
    print(s.is_ascii_digit(), "123".is_ascii_digit(), String("abc").is_ascii_printable())
    print(s.split(",", 1), "a,b,c".split(",", 1), "a  b c".split(maxsplit=1))
    print(s.startswith("World", 7), s.endswith("World", 7), s.startswith("H", 0, 3))
    print(s.strip("Hd"), s.lstrip("He"), s.rstrip("dl"))
    for c in "héy".codepoints(): print(c, Int(c), end=";")
    print()
    for c in "héy".codepoint_slices_reversed(): print(c, end=";")
    print()
    for c in "héy".graphemes(): print(c, end=";")
    print()
    for c in "héy": print(c, end=";")
    print()
    for b in String("hé").bytes(): print(b, end=";")
    for b in "hé".as_bytes(): print(b, end=";")
    print()
    print(s.find("l", 4), s.rfind("l"), s.rfind("zz"), s.find(""), s.replace("l", "LL"))
    print("é" in s, s * 2, s > "Abc", "x" + s)
    var t = String("abc")
    t.write("x", 1, 2.5)
    t.append(Codepoint.ord("z"))
    print(t, t.byte_length())
    print(hex(255), hex(255, prefix=""), bin(5), oct(8), hex(-5), chr(233), ord("é"), ascii("é'"), repr("a\x01é"))
    print("-".join(["a", "b"]), ",".join([1, 2]))
    print(Codepoint(97).is_ascii(), Codepoint.ord("A").is_ascii_digit(), Codepoint(0x41).is_ascii_upper())
    print(s.unsafe_ptr()[], s.as_bytes()[0])
    print(Int("-12"), Int(" 42 "), Int("1_000"), Float64("1e3"), Float64("inf"))
    print(String(s[byte=0:2]).upper(), s[byte=0:2].upper())
    print(StringSlice("abc") == "abc", "abc" < "abd", t == "q", s.is_ascii_printable())
    print(t"{s} {1 + 1}")
    print("x".join(["1"]))
