# References that iterators and views hand out: writing through them, several times, in nested containers.
struct G:
    var c: List[Int]
    def __init__(out self): self.c = [1]
def main():
    var l: List[Int] = [1, 2]
    for ref x in l:
        x += 1
        x *= 2
        print(x)
    var s = Span(l)
    for ref x in s:
        x += 1
        x *= 2
    var t: List[String] = ["a"]
    for ref w in t:
        w += "b"
        w += "c"
        print(w)
    var g = G()
    for ref x in g.c:
        x += 1
        print(x)
    var nest: List[List[Int]] = [[1]]
    for ref inner in nest:
        inner.append(2)
        inner.append(3)
        for ref y in inner:
            y += 1
            print(y)
    var d: Dict[String, Int] = {"a": 1}
    for ref v in d.values():
        v += 1
        v += 1
        print(v)

# output:
#   4
#   6
#   abc
#   2
#   2
#   3
#   4
#   3
