# What @fp_mode takes and where it stands.
@fp_mode("sloppy")  #~ error[M2023] "invalid argument of '@fp_mode'"
def one() -> Float32:
    return 1


@fp_mode("fast")
def two() -> Float32:
    return 2


@fp_mode("fast")  #~ error[M2022] "'@fp_mode' does not apply to a struct"
struct Three:
    pass


def main():
    print(one(), two())
