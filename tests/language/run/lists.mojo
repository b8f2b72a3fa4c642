# output:
#   [1, 2, 3] 3
#   [1, 20, 3, 4]
#   4 [20, 3]
#   26
#   [2, 4, 6]
#   [a, b, c]
#   [0, 0, 0]
#   True False
#   [9, 4, 1]
#   [[1], [2, 3]]
def main():
    var l: List[Int] = [1, 2, 3]
    print(l, len(l))
    l.append(4)
    l[1] = 20
    print(l)
    print(l.pop(), end=" ")
    _ = l.pop(0)
    print(l)
    var total = 0
    for x in l:
        total += x
    print(total + 3)
    var doubled: List[Int] = [1, 2, 3]
    for ref x in doubled:
        x *= 2
    print(doubled)
    var words = List[String]()
    for c in ["a", "b", "c"]:
        words.append(String(c))
    print(words)
    print(List[Int](length=3, fill=0))
    print(20 in l, 99 in l)
    var squares = [x * x for x in range(1, 4)]
    squares.reverse()
    print(squares)
    var nested: List[List[Int]] = [[1], [2, 3]]
    print(nested)
