def main():
    var l: List[Int] = [1, 2]
    ref first = l[0]
    l.append(3)
    print(first)  #~ error[M3021] "use of invalidated interior reference"
