# Lists around the sizes at which memory is obtained in another way: a cache line, remapped blocks, huge pages.
def checked(size: Int) -> Bool:
    var numbers = List[Int](length=size, fill=1)
    numbers[0] = 2
    numbers[size - 1] = 3
    numbers.append(4)
    numbers.append(5)
    var copied = numbers.copy()
    numbers.clear()
    numbers.append(9)
    return copied[0] == 2 and copied[size // 2] == 1 and copied[size - 1] == 3 and copied[size] == 4 and copied[size + 1] == 5


def main():
    for size in [3, 126, 127, 128, 8_190, 8_192, 524_287, 524_288, 600_000]:
        print(size, checked(size))
    # A list that starts large and grows twice.
    var flags = List[UInt8](capacity=4 * 1024 * 1024)
    flags.resize(4 * 1024 * 1024, 7)
    flags.append(8)
    flags.resize(8 * 1024 * 1024 + 1, 9)
    print(len(flags), flags[0], flags[4 * 1024 * 1024], flags[8 * 1024 * 1024])

# output:
#   3 True
#   126 True
#   127 True
#   128 True
#   8190 True
#   8192 True
#   524287 True
#   524288 True
#   600000 True
#   8388609 7 8 9
