# In files that mix spellings, `ref [self.items] T` lends an element: references are checked as those into elements are.
struct Bag:
    var items: List[String]

    fn __init__(out self):
        self.items = ["a", "b"]

    fn get(ref self, i: Int) -> ref [self.items] String:
        return self.items[i]

    fn grown[o: MutOrigin](ref [o] self) -> ref [self.items] String:
        self.items.append("c")
        return self.items[0]


fn both(mut a: String, mut b: String):
    a += b


fn main():
    var bag = Bag()
    both(bag.get(0), bag.get(1))  #~ error[M3020] "passed mutably to 'a' argument and passed mutably to 'b'"


fn keeps_over_changes():
    var bag = Bag()
    ref first = bag.get(0)
    print(bag.get(1), first)
    bag.items.append("c")
    print(first)  #~ error[M3021] "invalidated interior reference 'bag.items["
    ref second = bag.get(0)
    print(bag.grown())
    print(second)  #~ error[M3021] "invalidated interior reference 'bag.items["
