# A fieldwise initializer moves its arguments, whatever the condition of the struct says.
@fieldwise_init
struct Box[T: Deinitable](Movable where conforms_to(T, Movable)):
    var v: Self.T  #~ error[M2053] "cannot synthesize fieldwise init because field 'v' has non-copyable and non-movable type 'T'"


struct Cell[T: Deinitable]:
    var v: Self.T  #~ error[M2053] "cannot synthesize move constructor because field 'v' has non-movable"


def main():
    print(Box(3).v)
