# output:
#   0 1 2 3 done
#   10 7 4 1
#   loop ended
#   7
#   15 odd 16
#   1 2 fizz 4 buzz fizz 7
#   small zero big
def classify(n: Int) -> String:
    if n == 0:
        return "zero"
    elif n < 10:
        return "small"
    else:
        return "big"


def main():
    var i = 0
    while i < 4:
        print(i, end=" ")
        i += 1
    else:
        print("done")
    for k in range(10, 0, -3):
        print(k, end=" " if k > 1 else "\n")
    for k in range(3):
        if k == 5:
            break
    else:
        print("loop ended")
    var total = 0
    for k in range(100):
        if k % 2 == 0:
            continue
        if k > 5:
            break
        total += k
    print(total - 2)
    var sum = 0
    for k in range(6):
        sum += k
    print(sum, "odd" if sum % 2 == 1 else "even", sum + 1 if 0 < sum < 20 else -1)
    for k in range(1, 8):
        if k % 3 == 0:
            print("fizz", end=" ")
        elif k % 5 == 0:
            print("buzz", end=" ")
        else:
            print(k, end="\n" if k == 7 else " ")
    print(classify(3), classify(0), classify(12))
