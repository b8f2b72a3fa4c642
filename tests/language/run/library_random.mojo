# output:
#   True True
#   True 10
#   15 True
#   True
#   [2632642643, 2012563771, 314527917, 1463989207]
#   [1064941121, 1059550425, 1021564571, 1063820301]
#   True True
#   47 5 4 3
#   0.5139061469711166 18.25866827196049 -0.1286289583143196
#   [7, 1, 5, 4, 2, 6, 3, 8]
from std.random import seed, random_float64, random_si64, random_ui64, rand, randn_float64, randint, shuffle
from std.random.philox import Random


def seeded():
    """The numbers of the official library for the same seed."""
    seed(42)
    print(random_si64(0, 100), random_si64(-5, 5), random_ui64(1, 6), random_si64(3, 3))
    print(random_float64(), random_float64(10, 20), randn_float64())
    var cards: List[Int] = [1, 2, 3, 4, 5, 6, 7, 8]
    shuffle(cards)
    print(cards)



def main() raises:
    seed(42)
    var first = (random_float64(), random_si64(-5, 5), random_ui64(0, 9))
    seed(42)
    print(first[0] == random_float64(), first[1] == random_si64(-5, 5) and first[2] == random_ui64(0, 9))
    var seen = List[Int](length=10, fill=0)
    var inside = True
    for _ in range(500):
        var k = random_si64(10, 19)
        inside = inside and k >= 10 and k <= 19
        seen[Int(k) - 10] += 1
        var f = random_float64(2, 3)
        inside = inside and f >= 2 and f < 3
    var hit = 0
    for count in seen:
        hit += 1 if count > 0 else 0
    print(inside, hit)
    var cards: List[Int] = [1, 2, 3, 4, 5]
    shuffle(cards)
    var total = 0
    for card in cards:
        total += card
    print(total, len(cards) == 5)
    var sum = 0.0
    for _ in range(2000):
        sum += randn_float64(5.0, 0.5)
    print(abs(sum / 2000 - 5.0) < 0.1)
    var generator = Random(seed=42)
    print(generator.step())
    print(generator.step_uniform().to_bits())
    var numbers: List[Float32] = [0, 0, 0, 0]
    rand(numbers.unsafe_ptr(), 4, min=1.0, max=2.0)
    var whole: List[Int32] = [0, 0, 0]
    randint(whole.unsafe_ptr(), 3, 7, 8)
    print(numbers[0] >= 1 and numbers[3] < 2, whole[0] >= 7 and whole[2] <= 8)
    seeded()
