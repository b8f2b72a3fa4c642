"""Lists of texts, records, tuples, optionals and lists."""


@fieldwise_init
struct Item(Copyable):
    var name: String
    var price: Float64
    var tags: List[String]


def join(words: List[String], separator: String) -> String:
    return separator.join(words)


def split(text: String) -> List[String]:
    var result = List[String]()
    for part in text.split(" "):
        result.append(String(part))
    return result^


def cheaper(items: List[Item], limit: Float64) -> List[Item]:
    """Those below the limit, with one more tag."""
    var result = List[Item]()
    for item in items:
        if item.price < limit:
            var copy = item.copy()
            copy.tags.append("cheap")
            result.append(copy^)
    return result^


def best(items: List[Item]) -> Optional[Item]:
    if len(items) == 0:
        return None
    var found = 0
    for i in range(len(items)):
        if items[i].price < items[found].price:
            found = i
    return items[found].copy()


def transpose(var rows: List[List[Float64]]) raises -> List[List[Float64]]:
    var result = List[List[Float64]]()
    if len(rows) == 0:
        return result^
    for column in range(len(rows[0])):
        var line = List[Float64]()
        for row in rows:
            if len(row) != len(rows[0]):
                raise Error("rows of different lengths")
            line.append(row[column])
        result.append(line^)
    return result^


def pairs(values: List[Tuple[Int, String]]) -> List[Tuple[String, Int]]:
    var result = List[Tuple[String, Int]]()
    for value in values:
        result.append((value[1].copy(), value[0]))
    return result^


def gaps(values: List[Optional[Int64]]) -> List[Bool]:
    var result = List[Bool]()
    for value in values:
        result.append(not value)
    return result^


def big(count: Int) -> List[UInt64]:
    return List[UInt64](length=count, fill=1 << 63)


def deep(words: List[List[String]]) -> List[List[String]]:
    return words.copy()


def wide_items(count: Int) -> List[Tuple[Int64, UInt64]]:
    var result = List[Tuple[Int64, UInt64]]()
    for i in range(count):
        result.append((Int64(-i), UInt64.MAX - UInt64(i)))
    return result^


def maybe(words: Optional[List[String]] = None) -> Int:
    return len(words.value()) if words else -1
