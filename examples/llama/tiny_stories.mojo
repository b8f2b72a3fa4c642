"""Endless little stories, made of sentences with gaps: what the tiny model learns to imitate."""
from kernels import XorShift


struct Storyteller(Movable):
    """Tells stories; the same seed tells the same ones."""

    var random: XorShift

    def __init__(out self, seed: UInt64):
        self.random = XorShift(seed)

    def pick(mut self, choices: List[String]) -> String:
        """One of the choices, each as likely as the others."""
        return choices[Int(self.random.next() * Float32(len(choices)))]

    def story(mut self) -> String:
        """A story of five or six sentences about two animals and a thing."""
        var name = self.pick(["Mira", "Tobi", "Luna", "Pip", "Nora", "Finn"])
        var friend = self.pick(["Otto", "Bella", "Max", "Ida", "Rosa", "Leo"])
        var animal = self.pick(["fox", "mouse", "bear", "duck", "cat", "hare"])
        var other = self.pick(["owl", "goat", "frog", "crow", "dog", "mole"])
        var thing = self.pick(["ball", "kite", "bell", "boat", "drum", "lamp"])
        var color = self.pick(["red", "blue", "green", "golden"])
        var place = self.pick(["by the river", "in the forest", "on a hill", "near the sea", "in a garden"])
        var mood = self.pick(["small", "happy", "shy", "brave", "curious"])
        var text = String(t"{name} was a {mood} {animal} who lived {place}. ")
        text += self.pick(
            [
                String(t"One day, {name} found a {color} {thing}. "),
                String(t"One morning, {name} saw a {color} {thing} in the grass. "),
                String(t"One evening, a {color} {thing} lay at the door. "),
            ]
        )
        text += self.pick(
            [
                String(t'"What a nice {thing}!" said {name}. '),
                String(t'"Whose {thing} is this?" asked {name}. '),
                String(t"{name} had never seen such a {thing}. "),
            ]
        )
        var ending = self.pick(["lost", "shared", "broken"])
        if ending == "lost":
            text += String(t"Then {friend} the {other} came by and looked sad. ")
            text += String(t'"I lost my {thing}," said {friend}. {name} gave the {thing} back. ')
        elif ending == "shared":
            text += String(t"{name} took the {thing} to {friend} the {other}. ")
            text += String(t"They played with the {color} {thing} until the sun went down. ")
        else:
            text += String(t"But the {thing} was broken, and {name} began to cry. ")
            text += String(t"{friend} the {other} came and helped to mend the {thing}. ")
        text += self.pick(
            [
                String(t"From that day on, {name} and {friend} were friends."),
                String(t"{name} and {friend} laughed all the way home."),
                String(t'"Thank you, {name}," said {friend} the {other}.'),
                String(t"That night, the {animal} and the {other} slept well."),
            ]
        )
        return text^
