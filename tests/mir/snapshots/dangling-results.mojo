# pass: dangling-results
# function: main
def keep(var s: String) -> ref[s] String:
    return s


def main():
    var text = String("abc")
    ref same = keep(text^)
    print(same)
