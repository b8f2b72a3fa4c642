# Tables that are computed while the program compiles: it starts with the finished bytes.
from std.math import pi, sin


def crc_table() -> Array[UInt32, 256]:
    """One entry for each byte: the remainder of that byte by the CRC-32 polynomial."""
    var table = Array[UInt32, 256](fill=0)
    for byte in range(256):
        var rest = UInt32(byte)
        for _ in range(8):
            rest = (rest >> 1) ^ 0xEDB88320 if rest & 1 else rest >> 1
        table[byte] = rest
    return table^


def sine_table[n: Int]() -> Array[Float32, n]:
    """The sine at n places of a full turn."""
    var table = Array[Float32, n](fill=0)
    for i in range(n):
        table[i] = Float32(sin(2 * pi * Float64(i) / Float64(n)))
    return table^


# A `comptime` value of any type: the compiler runs the ordinary function above.
comptime CRC = crc_table()
comptime SINE = sine_table[256]()


def crc32(text: String) -> UInt32:
    # `materialize` copies the table into the running program; without it that copy would be an error, not a surprise.
    var table = materialize[CRC]()
    var rest = ~UInt32(0)
    for byte in text.as_bytes():
        rest = table[Int((rest ^ UInt32(byte)) & 0xFF)] ^ (rest >> 8)
    return ~rest


def sine(turns: Float32) -> Float32:
    """The sine of a number of full turns, from the table."""
    var table = materialize[SINE]()
    return table[Int(turns * 256) & 255]


def main():
    print("crc32:", crc32("123456789"))

    # The same function, run by the compiler: the program holds only the answer.
    comptime check = crc32("123456789")
    comptime assert check == 0xCBF43926, "the published check value"
    print("compile-time crc32:", check)

    for eighth in range(4):
        print("sine of", eighth, "eighths of a turn:", sine(Float32(eighth) / 8))
    # One entry, without the table.
    print("one entry:", comptime (CRC[1]))

# output:
#   crc32: 3421780262
#   compile-time crc32: 3421780262
#   sine of 0 eighths of a turn: 0.0
#   sine of 1 eighths of a turn: 0.70710677
#   sine of 2 eighths of a turn: 1.0
#   sine of 3 eighths of a turn: 0.70710677
#   one entry: 1996959894
