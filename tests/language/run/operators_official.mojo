# output:
#   item box True
#   item box False
#   0 0.5
#   0 0 1 -1
#   True False
#   2.0
#   a b 1 2 {a: 1, b: 2}
def say(name: String) -> String:
    print(name, end=" ")
    return name

def box() -> List[String]:
    print("box", end=" ")
    return ["item"]

def main():
    # The item is evaluated before the container.
    print(say("item") in box())
    print(say("item") not in box())
    # A negative exponent of integers gives 0.
    print(2 ** -1, 2.0 ** -1)
    print(1 << -42, 8 >> -1, 1 ** -9, (-1) ** -3)
    # Operands without a common type give their truth.
    var n = 3
    print(n and "text", n and "")
    # The library's root needs no import.
    print(std.math.sqrt(4.0))
    # All keys of a dictionary display come before its values.
    print({say("a"): number(1), say("b"): number(2)})

def number(n: Int) -> Int:
    print(n, end=" ")
    return n
