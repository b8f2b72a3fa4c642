# A 'comptime for' makes a copy of its body for each round.
def long[n: Int]():
    comptime for i in range(n):  #~ error[M4006] "a loop of 20000000 rounds"
        pass


def main():
    long[20000000]()
