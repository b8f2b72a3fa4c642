"""`Strategy`: how random values of a type are made."""
from std.testing.prop.random import Rng


trait Strategy(Movable, Deinitable):
    """A maker of random values."""

    comptime Value: Movable & Deinitable
    """The type of the values."""

    def value(mut self, mut rng: Rng) raises -> Self.Value:
        """A value."""
        ...
