# Random operations on Dict, Set and List, one line for each; `library.test.ts` has the model. SEED and COUNT are replaced.
from std.collections import Set

comptime SEED: UInt32 = 1
comptime COUNT = 1000


struct Random:
    """Xorshift with 32 bits of state (Marsaglia, 2003)."""

    var state: UInt32

    def __init__(out self):
        self.state = SEED

    def next(mut self) -> UInt32:
        self.state ^= self.state << 13
        self.state ^= self.state >> 17
        self.state ^= self.state << 5
        return self.state

    def below(mut self, limit: Int) -> Int:
        return Int(self.next() % UInt32(limit))


def dicts(mut random: Random) raises:
    var table = Dict[Int, Int]()
    for i in range(COUNT):
        var key = random.below(60)
        var operation = random.below(9)
        if operation < 3:
            table[key] = i
            print("set", len(table))
        elif operation == 3:
            print("get", table.get(key, -1), key in table)
        elif operation == 4:
            print("pop", table.pop(key, -1))
        elif operation == 5 and len(table) > 0:
            var entry = table.popitem()
            print("popitem", entry.key, entry.value)
        elif operation == 6:
            print("setdefault", table.setdefault(key, i))
        elif operation == 7 and random.below(40) == 0:
            table.clear()
            print("clear")
        else:
            print("all", table)


def texts(mut random: Random) raises:
    var table = Dict[String, Int]()
    for i in range(COUNT):
        var key = String("k") * random.below(3) + String(random.below(200)) + String("x") * random.below(30)
        if random.below(3) == 0:
            print("pop", table.pop(key, -1))
        else:
            table[key] = i
            print("set", len(table), key)
    print("all", table)


def sets(mut random: Random) raises:
    var a = Set[Int]()
    var b = Set[Int]()
    for _ in range(COUNT):
        var value = random.below(40)
        var operation = random.below(8)
        if operation < 2:
            a.add(value)
            print("add", len(a))
        elif operation == 2:
            b.add(value)
            print("add", len(b))
        elif operation == 3:
            a.discard(value)
            print("discard", value in a)
        elif operation == 4:
            print("or", a | b)
        elif operation == 5:
            print("and", a & b)
        elif operation == 6:
            print("minus", a - b)
            b.discard(value)
        else:
            print("xor", a ^ b, a.issubset(b), a.isdisjoint(b))


def lists(mut random: Random) raises:
    var values = List[Int]()
    for i in range(COUNT):
        var operation = random.below(12)
        var value = random.below(100)
        if operation < 3:
            values.append(value)
            print("append", len(values))
        elif operation == 3:
            values.insert(random.below(len(values) + 1), value)
            print("insert", len(values))
        elif operation == 4 and len(values) > 0:
            print("pop", values.pop(random.below(len(values))))
        elif operation == 5:
            values.reverse()
            print("reverse")
        elif operation == 6:
            sort(values)
            print("sort", values)
        elif operation == 7:
            print("find", values.count(value), value in values, values.try_index(value).or_else(-1))
        elif operation == 8:
            var start = random.below(len(values) + 1)
            print("part", values[start : start + random.below(len(values) - start + 1)])
        elif operation == 9:
            values.extend([value, i])
            print("extend", len(values))
        elif operation == 10 and len(values) > 40:
            values.shrink(random.below(20))
            print("shrink", values)
        else:
            print("sum", len(values))
    var many = List[Int]()
    for _ in range(COUNT * 3):
        many.append(random.below(500) - 250)
    sort(many)
    print(many)


def main() raises:
    var random = Random()
    dicts(random)
    texts(random)
    sets(random)
    lists(random)
