# Text: the methods of String and of code points.
# output:
#   29 19 19
#   H Hello Wörld! 日本語 🔥 Hel
#   ö 日本語 ö
#   2 11 11 -1 0 29
#   3 1 30
#   True False True
#   True True True False
#   HELLO, WÖRLD! 日本語 🔥 hello, wörld! 日本語 🔥
#   abc| abc  |   abc|
#   abc abcyx xyabc
#   HeLLLLo, WörLLd! 日本語 🔥 -H-e-l-l-o-,- -W-ö-r-l-d-!- -日-本-語- -🔥
#   [a, b, , c] [a, b, c] [a, b,c] [a, b, c d]
#   [] [] 1 0
#   [a, b, c, d] [a
#   , b
#   ]
#   a,b,c 1, 2, 3
#   , Wörld! 日本語 🔥 Hello, Wörld! 日本語  Hello, Wörld! 日本語 🔥
#   ab*** ***ab *ab**   ab  
#   ababab |
#   True True False True False False
#   False True
#   a 97 1;é 233 2;🔥 128293 4;
#   a;é;🔥;
#   🔥;é;a;
#   97;195;169;
#   97;195;169;
#   97 26085 a 🔥 'a\xc3\xa9\n' 'a\'b"c\\\n\té\x01'
#   True True True True True
#   A 65 True False True False True False False 1
#   a Codepoint(65) True True True
#   🔥
#   False False
#   False False,True False,False True,False False,False True,
#   664
#   122
#   False é
#   y found
#   aGVsbG8gd29ybGQ= [104, 101, 108, 108, 111, 32, 119, 111, 114, 108, 100] 6869 [104, 105]
#    YQ== YWI= YWJj aMOpw6k=
#   [97]
#   [97, 98]
#   [97, 98, 99]
#   ValueError: Unexpected character '?' encountered
#   hello C
#   7
#   104 lit
#   CStringSpan is not nul-terminated
#   CStringSpan has interior nul byte
#   CStringSpan([111, 107, 0])
#   a Int(2) {} a 'x'y
#   Automatic indexing require more args in *args
#   Cannot both use manual and automatic indexing
#   Cannot both use manual and automatic indexing
#   <1> Shown(v=Int(1)) Array[Shown, 1]([Shown(v=Int(2))]) Shown(v=Int(3))
#   Represented(v=4) R!
#   String is not convertible to float: '1_000'. Invalid character(s) in the number: '1_000'
#   String is not convertible to float: '-.'. Invalid character(s) in the number: '.'
#   String is not convertible to float: '--1'. The first character of '-1' should be a digit or dot to convert it to a float.
#   String is not convertible to float: 'e5'. The first character of 'e5' should be a digit or dot to convert it to a float.
#   String is not convertible to float: '.'
#   String is not convertible to float: '1e'. The last character of '1e' should be a digit or dot to convert it to a float.
#   100.0
#   -2.5
from std.base64 import b64encode, b64decode, b16encode, b16decode
from std.ffi import CStringSlice


def run_str1() raises:
    var s = String("Hello, Wörld! 日本語 🔥")
    print(s.byte_length(), s.count_codepoints(), s.count_graphemes())
    print(s[byte=0], s[byte=0:5], s[byte=7:], s[byte=:3])
    print(s[codepoint=8], s[codepoint=14:17], s[grapheme=8])
    print(s.find("l"), s.find("l", 4), s.rfind("l"), s.find("zz"), s.find(""), s.rfind(""))
    print(s.count("l"), s.count("日"), s.count(""))
    print("Wör" in s, "zzz" in s, "" in s)
    print(s.startswith("Hello"), s.startswith("W", 7), s.endswith("🔥"), s.endswith("x"))
    print(s.upper(), s.lower())
    print(String("  abc \t\n").strip() + "|", String("  abc  ").lstrip() + "|", String("  abc  ").rstrip() + "|")
    print(String("xxabcxx").strip("x"), String("xyabcyx").lstrip("xy"), String("xyabcyx").rstrip("xy"))
    print(s.replace("l", "LL"), s.replace("", "-"))
    print(String("a,b,,c").split(","), String("a b   c ").split(), String("a,b,c").split(",", maxsplit=1), String("a b c d").split(maxsplit=2))
    print(String("").split(","), String("").split(), len(String("").split(",")), len(String("   ").split()))
    print(String("a\nb\r\nc\rd\n").splitlines(), String("a\nb\n").splitlines(keepends=True))
    print(String(",").join(["a", "b", "c"]), ", ".join([1, 2, 3]))
    print(s.removeprefix("Hello"), s.removesuffix("🔥"), s.removeprefix("zz"))
    print(String("ab").ascii_ljust(5, "*"), String("ab").ascii_rjust(5, "*"), String("ab").ascii_center(5, "*"), String("ab").ascii_center(6))
    print(String("ab") * 3, String("ab") * 0 + "|")
    print(String("ABC").isupper(), String("abc").islower(), String("aBc").isupper(), String("123").is_ascii_digit(), String("").is_ascii_digit(), String("12a").is_ascii_digit())
    print(String("abc\n").is_ascii_printable(), String(" \t").is_ascii_whitespace())
    for c in String("aé🔥").codepoints():
        print(c, c.to_u32(), c.utf8_byte_length(), end=";")
    print()
    for c in String("aé🔥").codepoint_slices():
        print(c, end=";")
    print()
    for c in String("aé🔥").codepoint_slices_reversed():
        print(c, end=";")
    print()
    for b in String("aé").bytes():
        print(b, end=";")
    print()
    for b in String("aé").as_bytes():
        print(b, end=";")
    print()
    print(ord("a"), ord("日"), chr(97), chr(0x1F525), ascii("aé\n"), repr("a'b\"c\\\n\té\x01"))
    print("a" < "b", "a" < "aa", "b" > "aaa", String("x") == "x", "é" > "z")


def run_cp1() raises:
    var c = Codepoint.ord("A")
    print(c, c.to_u32(), c.is_ascii(), c.is_ascii_digit(), c.is_ascii_upper(), c.is_ascii_lower(), c.is_ascii_printable(), c.is_posix_space(), c.is_python_space(), c.utf8_byte_length())
    print(Codepoint(97), repr(c), c == Codepoint.ord("A"), c != Codepoint.ord("B"), c < Codepoint.ord("B"))
    var o = Codepoint.from_u32(0x1F525)
    print(o.value())
    print(Bool(Codepoint.from_u32(0xD800)), Bool(Codepoint.from_u32(0x110000)))
    for ch in String("a1 B\n").codepoints():
        print(ch.is_ascii_digit(), ch.is_posix_space(), end=",")
    print()
    var n = 0
    for ch in String("héllo").codepoints():
        n += Int(ch)
    print(n)
    var digits = 0
    for ch in String("a1b22").codepoints():
        if ch.is_ascii_digit():
            digits = digits * 10 + Int(ch) - ord("0")
    print(digits)
    print(Codepoint.ord("é").is_ascii(), String(Codepoint.ord("é")))
    for ch in "xyz".codepoints():
        if ch == Codepoint.ord("y"):
            print("y found")


def run_b64() raises:
    print(b64encode("hello world"), b64decode("aGVsbG8gd29ybGQ="), b16encode("hi"), b16decode("6869"))
    print(b64encode(""), b64encode("a"), b64encode("ab"), b64encode("abc"), b64encode("héé"))
    for s in ["YQ==", "YWI=", "YWJj"]:
        print(b64decode(s))
    try:
        print(b64decode("a?b="))
    except e:
        print(e)


@fieldwise_init
struct Shown(Copyable, Writable):
    var v: Int

    def write_to(self, mut writer: Some[Writer]):
        writer.write("<", self.v, ">")


@fieldwise_init
struct Represented(Writable):
    var v: Int

    def write_repr_to(self, mut writer: Some[Writer]):
        writer.write("R!")


def run_representations() raises:
    """What one of the two methods does not say is derived."""
    print(Shown(1), repr(Shown(1)), repr([Shown(2)]), "{!r}".format(Shown(3)))
    print(Represented(4), repr(Represented(5)))


def run_floats_from_text():
    for text in ["1_000", "-.", "--1", "e5", ".", "1e", "1.e2", " -2.5 "]:
        try:
            print(Float64(text))
        except error:
            print(error)


def run_c_strings() raises:
    var text = String("hello C")
    var view = text.as_c_string_slice()
    print(view)
    print(len(view))
    print(view.as_bytes()[0], "lit".as_c_string_slice())
    for bytes in ["abc", "a\0c\0", "ok\0"]:
        try:
            print(repr(CStringSlice(bytes)))
        except error:
            print(error)
    print("{0} {1!r} {{}} {0}".format("a", 2), "{!r}{!s}".format("x", "y"))
    var template = String("{} {}")
    try:
        print(template.format(1, 2), template.format(1))
    except error:
        print(error)
    for mixed in ["{} {1}", "{0} {}"]:
        try:
            print(String(mixed).format(1, 2))
        except error:
            print(error)



def main() raises:
    run_str1()
    run_cp1()
    run_b64()
    run_c_strings()
    run_representations()
    run_floats_from_text()
