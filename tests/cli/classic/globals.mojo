# File-scope variables, initialized in order before main.
let first = 3
var counter: Int = first * 2
let squares = table(4)


fn table(n: Int) -> String:
    var text = String("")
    for i in range(n):
        text += str(i * i) + " "
    return text


fn count() -> Int:
    counter += 1
    return counter


fn main():
    print(first, squares)
    print(count(), count())
