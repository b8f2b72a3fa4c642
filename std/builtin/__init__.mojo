"""The core of the language."""
